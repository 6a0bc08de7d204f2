using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Drafts;

/// <summary>What became of a draft that a window sent.</summary>
/// <param name="Number">The ticket that keeps it: the one in which its own goes on, where that was merged.</param>
/// <param name="Version">The draft's version now; 0 where there is none.</param>
/// <param name="Newer">The newer one that is there, which stays; null when this one was kept.</param>
/// <param name="WasGone">The draft that the window knew had been sent or emptied elsewhere; this one was kept all the same.</param>
public sealed record DraftKept(long Number, long Version, DraftView? Newer = null, bool WasGone = false);

/// <summary>Keeps drafts. Nobody reaches another's: the author is part of the key and comes from the session.</summary>
public sealed class DraftCommands(WriteQueue writes, TimeProvider clock)
{
    /// <summary>
    /// Keeps what is in a window, or forgets the draft where that is nothing. A newer draft from another window stays and is answered instead. A ticket that was merged keeps its drafts
    /// where it goes on.
    /// </summary>
    public async Task<Outcome<DraftKept>> KeepAsync(long number, DraftMode mode, DraftInput input, StaffCaller caller, CancellationToken cancellation = default)
    {
        if (DraftRules.Check(input) is { } invalid)
        {
            return invalid;
        }

        input = input with { Text = StorableText.Of(input.Text ?? ""), Deeds = SendDeeds.Read(input.Deeds).ToWords() };
        return await writes.RunAsync<Outcome<DraftKept>>(
            async db =>
            {
                if (await DraftBook.WhereItGoesOnAsync(db, number) is not { } at)
                {
                    return Refusal.TicketNotFound;
                }

                var now = ObligationClock.Whole(clock.GetUtcNow());
                var stored = await db.Set<MessageDraft>().FindAsync(at, caller.StaffId, mode);
                if (DraftRules.IsStale(stored, input))
                {
                    return new DraftKept(at, stored!.Version, await DraftQueries.ViewAsync(db, stored));
                }

                if (input.IsEmpty)
                {
                    if (stored is not null)
                    {
                        db.Remove(stored);
                    }

                    return new DraftKept(at, 0);
                }

                if (stored is not null && DraftRules.IsSame(stored, input))
                {
                    return new DraftKept(at, stored.Version);
                }

                var version = DraftRules.NextVersion(stored, now);
                if (stored is null)
                {
                    stored = new() { TicketNumber = at, StaffId = caller.StaffId, Mode = mode, MessageId = input.MessageId! };
                    db.Add(stored);
                }

                (stored.Text, stored.Files, stored.Deeds, stored.MessageId) = (input.Text!, [.. (input.Files ?? []).Distinct()], input.Deeds!, input.MessageId!);
                // Said of the ticket that the window shows; the one in which it goes on has a count of its own.
                (stored.Seen, stored.Version, stored.ChangedAt, stored.Problem) = (at == number ? input.Seen : null, version, now, null);
                return new DraftKept(at, version, WasGone: input.Version > 0 && db.Entry(stored).State == EntityState.Added);
            },
            null,
            cancellation);
    }
}
