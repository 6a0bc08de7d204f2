using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Tags;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Macros;

/// <summary>A macro as an admin writes it.</summary>
public sealed record MacroInput(string? Name, string? Text, TicketStatus? Status, IReadOnlyList<string> Tags, bool TakesTicket);

/// <summary>Writes macros: admins alone.</summary>
public sealed class MacroCommands(WriteQueue writes, ChangeBus changes, TimeProvider clock)
{
    /// <summary>The topic under which the change bus speaks of macros; the id is the macro's.</summary>
    public const string Topic = "macro";

    private static readonly Refusal NotAdmin = new(RefusalKind.Forbidden, "forbidden", "Only admins change macros.");

    /// <summary>Makes a macro, or changes the one of that id. A text with an unknown variable is refused in words.</summary>
    public async Task<Outcome<long>> SaveAsync(long? id, MacroInput input, StaffCaller caller, CancellationToken cancellation = default)
    {
        var (name, text, tags) = (MessageText.SingleLine(input.Name), MessageText.Tidy(input.Text), TagRules.Tidy(input.Tags));
        if (!caller.IsAdmin || Check(name, text, tags, input) is not null)
        {
            return caller.IsAdmin ? Check(name, text, tags, input)! : NotAdmin;
        }

        return await writes.RunAsync<Outcome<long>>(
            async db =>
            {
                if (await db.Set<Macro>().AnyAsync(macro => macro.Name == name && macro.Id != id))
                {
                    return Refusal.Invalid(("name", "Another macro has this name."));
                }

                var macro = id is null ? new Macro { Name = name, Text = text } : await db.Set<Macro>().FindAsync(id);
                if (macro is null)
                {
                    return new Refusal(RefusalKind.NotFound, "not-found", "There is no such macro any more.");
                }

                if (id is null)
                {
                    db.Add(macro);
                }

                object? before = id is null ? null : new { macro.Name, macro.Text, macro.Status, macro.Tags, macro.TakesTicket };
                (macro.Name, macro.Text, macro.Status, macro.Tags, macro.TakesTicket) = (name, text, input.Status, tags, input.TakesTicket);
                (macro.ChangedBy, macro.ChangedAt) = (caller.Name, ObligationClock.Whole(clock.GetUtcNow()));
                await db.SaveChangesAsync();
                caller.Note(db, macro.ChangedAt, id is null ? "made" : "changed", ("macros", Number(macro.Id), name), before, new { macro.Name, macro.Text, macro.Status, macro.Tags, macro.TakesTicket });
                return macro.Id;
            },
            Tell,
            cancellation);
    }

    /// <summary>Takes a macro away. What was written with it stays. One that is not there is as good as gone.</summary>
    public Task<Outcome<long>> RemoveAsync(long id, StaffCaller caller, CancellationToken cancellation = default) => !caller.IsAdmin ? Task.FromResult<Outcome<long>>(NotAdmin) : writes.RunAsync<Outcome<long>>(
        async db =>
        {
            if (await db.Set<Macro>().FindAsync(id) is { } macro)
            {
                db.Remove(macro);
                caller.Note(db, ObligationClock.Whole(clock.GetUtcNow()), "deleted", ("macros", Number(id), macro.Name), new { macro.Name, macro.Text, macro.Status, macro.Tags, macro.TakesTicket }, null);
            }

            return id;
        },
        Tell,
        cancellation);

    private static Refusal? Check(string name, string text, List<string> tags, MacroInput input)
    {
        var errors = new List<(string, string)>();
        if (name.Length is 0 or > MacroText.LongestName)
        {
            errors.Add(("name", $"A name has 1 to {MacroText.LongestName} characters."));
        }

        if (MacroText.Problem(text) is { } problem)
        {
            errors.Add(("text", problem));
        }

        if (text.Length == 0 && input.Status is null && tags.Count == 0 && !input.TakesTicket)
        {
            errors.Add(("text", "A macro says something, or does something."));
        }

        if (TagRules.Change([], tags, []).Refusal is { } tooMany)
        {
            errors.Add(("tags", tooMany.Message));
        }

        if (input.Status is TicketStatus.New or TicketStatus.Closed)
        {
            errors.Add(("status", "A macro makes a ticket open, waiting or solved."));
        }

        return errors.Count > 0 ? Refusal.Invalid([.. errors]) : null;
    }

    private static string Number(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Tell(Outcome<long> outcome)
    {
        if (outcome.IsDone)
        {
            changes.Publish(new(Topic, outcome.Value));
        }
    }
}
