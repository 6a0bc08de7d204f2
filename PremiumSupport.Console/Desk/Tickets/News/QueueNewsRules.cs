namespace PremiumSupport.Desk.Tickets.News;

/// <summary>What is new in the queue for somebody who is at it.</summary>
/// <param name="To">Whom it concerns; null for everybody.</param>
/// <param name="Row">The ticket.</param>
public sealed record QueueNewsItem(Guid? To, QueueRow Row)
{
    /// <summary>True for a new ticket that nobody has; false for words of a customer to whoever has theirs.</summary>
    public bool IsNewTicket => To is null;
}

/// <summary>What one reading of the queue has that the one before had not: pure.</summary>
public static class QueueNewsRules
{
    /// <summary>A ticket that turns up and is older than this is no new one: it was reopened, or the news of it came late.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The news. A customer has written where the last words are theirs and were not the last before, or where they have just opened an old ticket again; what is done to a ticket besides is none,
    /// nor is a new one that somebody was given before it was first read.
    /// </summary>
    public static IEnumerable<QueueNewsItem> Between(IReadOnlyDictionary<long, QueueRow> before, IReadOnlyList<QueueRow> rows, DateTimeOffset now)
    {
        foreach (var row in rows)
        {
            var known = before.GetValueOrDefault(row.Number);
            if (ReferenceEquals(known, row))
            {
                continue;
            }

            if (known is null && row.AssigneeId is null && now - row.CreatedAt <= Fresh)
            {
                yield return new(null, row);
            }
            else if (row is { AssigneeId: { } assignee, LastFromCustomer: true } && now - row.UpdatedAt <= Fresh
                && (known is null ? now - row.CreatedAt > Fresh : !known.LastFromCustomer || known.Snippet != row.Snippet))
            {
                yield return new(assignee, row);
            }
        }
    }
}
