using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Tags;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Several changes to one ticket in one transaction: all of them or none.</summary>
internal static class TicketEditing
{
    public static Task<Outcome<TicketState>> EditAsync(TicketCommands commands, long number, TicketEdit edit, StaffCaller caller, long? expectedVersion, CancellationToken cancellation) =>
        commands.WriteAsync(number, caller, expectedVersion, async (db, ticket, terms, now) =>
        {
            if (CheckTexts(edit) is { } invalid)
            {
                return invalid;
            }

            string? assigneeName = null;
            if (edit.Assignee is { To: { } to })
            {
                assigneeName = await db.Users.Where(user => user.Id == to).Select(user => user.DisplayName).SingleOrDefaultAsync();
                if (assigneeName is null)
                {
                    return Refusal.Invalid(("assignee", "There is nobody of that address on the staff."));
                }
            }

            List<Func<TicketFacts, Outcome<TicketDecision>>> steps = [];
            if (edit.Severity is { } severity)
            {
                steps.Add(facts => TicketRules.ChangeSeverity(facts, severity, MessageText.Tidy(edit.Reason), now));
            }

            if (edit.Assignee is { } assignee)
            {
                steps.Add(facts => TicketRules.Assign(facts, assignee.To, assigneeName ?? "", now));
            }

            if (edit.Status is { } status)
            {
                steps.Add(facts => TicketRules.ChangeStatus(facts, status, now));
            }

            foreach (var step in steps)
            {
                var decision = step(ticket.ToFacts(terms));
                if (decision.Refusal is { } refusal)
                {
                    return refusal;
                }

                await TicketStore.ApplyAsync(db, ticket, decision.Value!, caller, now);
            }

            if (edit.Subject is not null && MessageText.SingleLine(edit.Subject) is var subject && subject != ticket.Subject)
            {
                TicketStore.Record(db, ticket, [new(TicketEventKind.SubjectChanged, subject, ticket.Subject)], caller, now);
                ticket.Subject = subject;
            }

            if (edit.Tags is not null || edit.AddTags.Count > 0)
            {
                var changed = TagRules.Change(edit.Tags ?? ticket.Tags, edit.AddTags, []);
                if (changed.Refusal is { } tooMany)
                {
                    return tooMany;
                }

                if (changed.Value is { } tags && !tags.SequenceEqual(ticket.Tags))
                {
                    ticket.Tags = tags;
                    TicketStore.Record(db, ticket, [new(TicketEventKind.Tagged, string.Join(", ", ticket.Tags))], caller, now);
                }
            }

            return null;
        }, cancellation);

    private static Refusal? CheckTexts(TicketEdit edit)
    {
        var errors = new List<(string, string)>();
        if (edit.Subject is not null && MessageText.SingleLine(edit.Subject).Length is 0 or > TicketLimits.Subject)
        {
            errors.Add(("subject", $"A subject has 1 to {TicketLimits.Subject} characters."));
        }

        if (edit.Tags is { } tags && (tags.Count > TagRules.Most || tags.Any(tag => tag.Length > TagRules.Longest)))
        {
            errors.Add(("tags", TagRules.Refused.Message));
        }

        return errors.Count > 0 ? Refusal.Invalid([.. errors]) : null;
    }
}
