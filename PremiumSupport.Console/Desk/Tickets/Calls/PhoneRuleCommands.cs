using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>Reads and sets how calls are made.</summary>
public sealed class PhoneRuleCommands(IDbContextFactory<SupportDb> factory, WriteQueue writes, TimeProvider clock)
{
    private const string Key = "Phone:Rules";

    /// <summary>What holds.</summary>
    public async Task<PhoneRules> GetAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await ReadAsync(db);
    }

    /// <summary>What holds from now on, in place of what was said before; null when it was taken, else what is wrong with it.</summary>
    public async Task<Refusal?> SaveAsync(PhoneRules rules, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsAdmin)
        {
            return new(RefusalKind.Forbidden, "not-admin", "Admins decide how customers are called.");
        }

        rules = rules with { Countries = [.. rules.Countries.Select(country => country.Trim().ToUpperInvariant()).Distinct()], BlockedPrefixes = [.. rules.BlockedPrefixes.Select(prefix => prefix.Trim()).Distinct()], SipHost = rules.SipHost.Trim() };
        (string, string)[] problems = [.. rules.Problems()];
        if (problems.Length > 0)
        {
            return Refusal.Invalid(problems);
        }

        await writes.RunAsync(
            async db =>
            {
                caller.Note(db, clock.GetUtcNow(), "changed", ("phone", "call rules", ""), await ReadAsync(db), rules);
                var value = JsonSerializer.Serialize(rules, WireJson.Options);
                if (await db.Set<Setting>().FindAsync(Key) is { } kept)
                {
                    kept.Value = value;
                }
                else
                {
                    db.Add(new Setting { Key = Key, Value = value });
                }

                return true;
            },
            cancellation: cancellation);
        return null;
    }

    /// <summary>The rules as they stand in the transaction of the context.</summary>
    internal static async Task<PhoneRules> ReadAsync(SupportDb db)
    {
        var kept = await db.Set<Setting>().AsNoTracking().Where(setting => setting.Key == Key).Select(setting => setting.Value).SingleOrDefaultAsync();
        return kept is null ? new() : JsonSerializer.Deserialize<PhoneRules>(kept, WireJson.Options)!;
    }
}
