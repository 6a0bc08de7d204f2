namespace PremiumSupport.Desk.Tickets.Next;

/// <summary>What Next would give somebody, and what it passes over for them.</summary>
/// <param name="Row">The most urgent ticket they may take; null when none is left.</param>
/// <param name="PassedOver">More urgent ones that a colleague is looking at or that they skipped.</param>
public sealed record NextOffer(QueueRow? Row, IReadOnlySet<long> PassedOver);

/// <summary>Whom Next gives what: pure functions. The verbs say the same inside their transaction.</summary>
public static class NextRules
{
    /// <summary>Characters of the words beside a reason.</summary>
    public const int LongestNote = 500;

    /// <summary>The highest limit that can be set; more open tickets than this nobody can mean.</summary>
    public const int HighestLimit = 500;

    /// <summary>The offer among open tickets, soonest due first.</summary>
    /// <param name="rows">Open tickets in the order of the queue.</param>
    /// <param name="isPassedOver">Whether a colleague is looking at it, or the person skipped it lately.</param>
    public static NextOffer Choose(IEnumerable<QueueRow> rows, Func<long, bool> isPassedOver)
    {
        var passed = new HashSet<long>();
        foreach (var row in rows)
        {
            if (row.AssigneeId is not null)
            {
                continue;
            }

            if (!isPassedOver(row.Number))
            {
                return new(row, passed);
            }

            passed.Add(row.Number);
        }

        return new(null, passed);
    }

    /// <summary>Why a person who carries so many gets no more; null where they may.</summary>
    public static Refusal? CheckCapacity(int open, int? most) => most is { } limit && open >= limit
        ? Refusal.Conflict("at-capacity", $"You have {open} of {limit} open. Solve one or give one to a colleague, then Next gives you another; a team lead can raise the number.")
        : null;

    /// <summary>Why Next has nothing to give.</summary>
    /// <param name="waiting">How many tickets have nobody all the same: colleagues look at them, or the person skipped them.</param>
    public static Refusal Nothing(int waiting) => Refusal.Conflict("nothing-waits", waiting switch
    {
        0 => "Every open ticket has somebody. Nothing to claim.",
        1 => "One ticket has nobody, but a colleague is looking at it or you skipped it.",
        _ => $"{waiting} tickets have nobody, but colleagues are looking at them or you skipped them.",
    });

    /// <summary>Whether a person may skip a ticket: one that nobody has, or their own, which they give back by it.</summary>
    public static Refusal? CheckSkip(TicketStatus status, Guid? assignee, Guid skipper, string note) =>
        note.Length > LongestNote ? Refusal.Invalid(("note", $"Keep it to {LongestNote} characters."))
        : status is TicketStatus.Solved or TicketStatus.Closed ? Refusal.Conflict("not-open", "This ticket is no longer open; there is nothing to skip.")
        : assignee is { } holder && holder != skipper ? Refusal.Conflict("already-claimed", "A colleague has this ticket by now; Next does not offer it any more.")
        : null;
}
