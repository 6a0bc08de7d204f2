namespace PremiumSupport.Desk.Tickets.Sending;

/// <summary>When an answer is really sent: pure.</summary>
public static class SendRules
{
    /// <summary>What stays free between the end of a window and a deadline, so that not even a restart in between makes somebody late.</summary>
    public static readonly TimeSpan Spare = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The end of the window, or now where it would come nearer to the next deadline than <see cref="Spare"/>: the answer counts when it is really sent, so a window must never
    /// cost a promise. Where the deadline has passed it goes at once as well: whoever waits too long already does not wait for second thoughts.
    /// </summary>
    /// <param name="window">How long an author may take it back.</param>
    /// <param name="nextDueAt">The ticket's earliest deadline; null when nothing is owed.</param>
    /// <param name="now">When Send was pressed.</param>
    public static DateTimeOffset SendAt(TimeSpan window, DateTimeOffset? nextDueAt, DateTimeOffset now) =>
        nextDueAt < now + window + Spare ? now : now + window;

    /// <summary>
    /// Why an author does not get the ticket with their answer although they meant to take it: somebody else has got it since they pressed Send. Null where they get it. What nobody has
    /// any more is taken from nobody.
    /// </summary>
    /// <param name="seen">Who had it when Send was pressed; null for nobody.</param>
    /// <param name="assignee">Who has it now; null for nobody.</param>
    /// <param name="name">Their name.</param>
    /// <param name="author">The author.</param>
    public static Refusal? TakenMeanwhile(Guid? seen, Guid? assignee, string? name, Guid author) => assignee is null || assignee == seen || assignee == author
        ? null
        : Refusal.Conflict("taken-meanwhile", $"It stays with {name ?? "a colleague"}, who got it while your answer waited to be sent.");
}
