using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Help.Embedding;

/// <summary>Adds and takes away origins whose pages may frame the widget. They hold from the next page that is loaded, on every node.</summary>
public sealed class OriginCommands(WriteQueue writes, WidgetOrigins origins, ChangeBus changes, TimeProvider clock)
{
    /// <summary>How many admins may add: all of them travel in a header with every page.</summary>
    public const int Most = 50;

    /// <summary>Adds an origin.</summary>
    /// <param name="word">As somebody typed it; see <see cref="PageOrigin"/>.</param>
    /// <param name="caller">An admin; nobody else may.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Outcome<string>> AddAsync(string? word, StaffCaller caller, CancellationToken cancellation = default)
    {
        var (origin, why) = PageOrigin.Parse(word);
        return origin is null
            ? Task.FromResult<Outcome<string>>(Refusal.Invalid(("origin", why)))
            : ChangeAsync(origin, "allowed", caller, added =>
                added.Contains(origin) || origins.Configured.Contains(origin) ? Refusal.Invalid(("origin", $"{origin} may frame the widget already."))
                : added.Count >= Most ? Refusal.Invalid(("origin", $"There are {Most} origins already. Remove one first."))
                : (string[])[.. added, origin], cancellation);
    }

    /// <summary>Takes an origin away. One that is not there any more is gone already.</summary>
    public Task<Outcome<string>> RemoveAsync(string origin, StaffCaller caller, CancellationToken cancellation = default) =>
        ChangeAsync(origin, "removed", caller, added => (string[])[.. added.Where(other => other != origin)], cancellation);

    private async Task<Outcome<string>> ChangeAsync(string origin, string deed, StaffCaller caller, Func<IReadOnlyList<string>, Outcome<string[]>> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsAdmin)
        {
            return new Refusal(RefusalKind.Forbidden, "not-admin", "Admins decide which pages may frame the widget.");
        }

        var outcome = await writes.RunAsync<Outcome<string[]>>(
            async db =>
            {
                var kept = await db.Set<Setting>().FindAsync(OriginQueries.Kept);
                var before = OriginQueries.Split(kept?.Value);
                var changed = change(before);
                if (changed.Value is { } now && !now.SequenceEqual(before))
                {
                    caller.Note(db, clock.GetUtcNow(), deed, ("widget origins", origin, ""));
                }

                if (changed.Value is { } list && kept is not null)
                {
                    kept.Value = string.Join(' ', list);
                }
                else if (changed.Value is { } first)
                {
                    db.Add(new Setting { Key = OriginQueries.Kept, Value = string.Join(' ', first) });
                }

                return changed;
            },
            Tell,
            cancellation);
        return outcome.Refusal is { } refusal ? refusal : origin;
    }

    private void Tell(Outcome<string[]> changed)
    {
        if (changed.Value is { } added)
        {
            origins.Learn(added);
            changes.Publish(new(WidgetOrigins.Topic, 0));
        }
    }
}
