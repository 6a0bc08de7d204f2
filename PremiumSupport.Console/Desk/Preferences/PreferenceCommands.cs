using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Preferences;

/// <summary>Writes what somebody sets for themselves. Each returns why not, in a sentence, or null when it is kept.</summary>
public sealed class PreferenceCommands(WriteQueue writes, ChangeBus changes)
{
    /// <summary>Chooses how one is told of something.</summary>
    public Task<string?> SetAlertAsync(AlertEvent what, AlertMeans means, StaffCaller caller, CancellationToken cancellation = default) => ChangeAsync(
        row =>
        {
            row.Alerts = [.. row.Alerts.Where(choice => choice.Event != what), .. means == StaffPreferences.Usual(what) ? Array.Empty<AlertChoice>() : [new(what, means)]];
            return null;
        },
        caller,
        cancellation);

    /// <summary>Sets quiet hours; null for none.</summary>
    public Task<string?> SetQuietAsync(QuietHours? quiet, StaffCaller caller, CancellationToken cancellation = default) =>
        quiet?.Check() is { } no ? Task.FromResult<string?>(no) : ChangeAsync(
            row =>
            {
                row.Quiet = quiet;
                return null;
            },
            caller,
            cancellation);

    /// <summary>Puts a command under another key, or under none where it is empty; see <see cref="KeyRules.Change"/>.</summary>
    public Task<string?> SetKeyAsync(string command, string key, StaffCaller caller, CancellationToken cancellation = default) => ChangeAsync(
        row =>
        {
            var (keys, no) = KeyRules.Change(row.Keys, command, key);
            row.Keys = keys;
            return no;
        },
        caller,
        cancellation);

    /// <summary>Gives one command, or with null all of them, the keys that everybody has; see <see cref="KeyRules.Reset"/>.</summary>
    public Task<string?> ResetKeysAsync(string? command, StaffCaller caller, CancellationToken cancellation = default) => ChangeAsync(
        row =>
        {
            var (keys, no) = KeyRules.Reset(row.Keys, command);
            row.Keys = keys;
            return no;
        },
        caller,
        cancellation);

    private Task<string?> ChangeAsync(Func<StaffPreferencesRow, string?> change, StaffCaller caller, CancellationToken cancellation) => writes.RunAsync(
        async db =>
        {
            var row = await db.Set<StaffPreferencesRow>().SingleOrDefaultAsync(row => row.StaffId == caller.StaffId) ?? db.Add(new StaffPreferencesRow { StaffId = caller.StaffId }).Entity;
            return change(row);
        },
        no =>
        {
            if (no is null)
            {
                changes.Publish(PreferenceQueries.NewsOf(caller.StaffId));
            }
        },
        cancellation);
}
