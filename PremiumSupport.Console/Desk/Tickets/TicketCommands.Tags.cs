using PremiumSupport.Desk.Tickets.Tags;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verb about tags.</summary>
public sealed partial class TicketCommands
{
    /// <summary>Adds tags and takes others away. Colleagues who do so in the same second lose nothing of each other's.</summary>
    public Task<Outcome<TicketState>> ChangeTagsAsync(long number, IReadOnlyList<string> add, IReadOnlyList<string> remove, StaffCaller caller, CancellationToken cancellation = default) =>
        WriteAsync(
            number,
            caller,
            null,
            (db, ticket, _, now) =>
            {
                var changed = TagRules.Change(ticket.Tags, add, remove);
                if (changed.Value is { } tags && !tags.SequenceEqual(ticket.Tags))
                {
                    ticket.Tags = tags;
                    TicketStore.Record(db, ticket, [new(TicketEventKind.Tagged, string.Join(", ", tags))], caller, now);
                }

                return Task.FromResult(changed.Refusal);
            },
            cancellation);
}
