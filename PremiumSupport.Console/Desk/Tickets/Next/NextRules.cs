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

    /// <summary>What Next goes by, in words for those who press it.</summary>
    public const string InWords = "What is at risk or overdue goes strictly by its deadline. While nothing due before it is, a ticket of an account that you are dedicated to comes first.";

    /// <summary>
    /// The offer among open tickets. By deadline; but a ticket of an account that the person is dedicated to comes first as long as nothing that is due before it is at risk or missed:
    /// knowing a customer is worth something, and no promise.
    /// </summary>
    /// <param name="rows">Open tickets in the order of the queue.</param>
    /// <param name="isPassedOver">Whether a colleague holds it back, or the person skipped it lately.</param>
    /// <param name="person">Whom it is offered to.</param>
    /// <param name="now">When.</param>
    public static NextOffer Choose(IReadOnlyList<QueueRow> rows, Func<QueueRow, bool> isPassedOver, Guid person, DateTimeOffset now)
    {
        var passed = new HashSet<long>();
        QueueRow? soonest = null;
        var hasOwn = rows.Any(row => row is { AssigneeId: null, SnoozedUntil: null } && row.Carers.Contains(person));
        foreach (var row in rows.Where(row => row is { AssigneeId: null, SnoozedUntil: null }))
        {
            var isOwn = hasOwn && row.Carers.Contains(person);
            if (soonest is not null && !isOwn && !row.IsPressing(now))
            {
                continue;
            }

            if (isPassedOver(row))
            {
                passed.Add(row.Number);
                continue;
            }

            if (isOwn)
            {
                return new(row, passed);
            }

            soonest ??= row;
            if (!hasOwn || row.IsPressing(now))
            {
                break;
            }
        }

        return new(soonest, passed);
    }

    /// <summary>Whether colleagues who have a ticket open hold it back: always while nothing on it presses, else for as long as one of them does something or began to look only lately.</summary>
    /// <param name="idleSince">Since when all of them only look; the end of time while one replies.</param>
    /// <param name="isPressing">Whether a promise on it is at risk or missed.</param>
    /// <param name="holdFor">See <see cref="NextOptions.HoldFor"/>.</param>
    /// <param name="now">When.</param>
    public static bool IsHeld(DateTimeOffset idleSince, bool isPressing, TimeSpan holdFor, DateTimeOffset now) => !isPressing || now - idleSince < holdFor;

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
