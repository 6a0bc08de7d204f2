namespace PremiumSupport.Desk.Tickets.Requests;

/// <summary>What stands of an earlier rating when another is given.</summary>
/// <param name="RatedAt">When it was first given.</param>
/// <param name="WasReopened">Whether the ticket was opened again since: then another outcome is rated, and the while begins anew.</param>
public readonly record struct RatedBefore(DateTimeOffset RatedAt, bool WasReopened);

/// <summary>When a request may be rated: pure.</summary>
public static class RatingRules
{
    /// <summary>Longest comment, in characters.</summary>
    public const int LongestComment = 2_000;

    /// <summary>Null when the rating may be given or changed, else why not. Only what is solved or closed is rated; the end of the while is exclusive.</summary>
    public static Refusal? Obstacle(TicketStatus status, bool isMerged, RatedBefore? before, TimeSpan changeableFor, DateTimeOffset now)
    {
        if (isMerged)
        {
            return Refusal.Conflict("merged", "This request goes on in another one. Rate that one when it is solved.");
        }

        if (status is not (TicketStatus.Solved or TicketStatus.Closed))
        {
            return Refusal.Conflict("not-solved", "A request can be rated once it is solved.");
        }

        return before is { WasReopened: false } rated && now >= rated.RatedAt + changeableFor
            ? Refusal.Conflict("rating-final", "The rating was given a while ago and stays as it is.")
            : null;
    }

    /// <summary>What is wrong with a rating, by field.</summary>
    public static Refusal? Check(RatingScore? score, string comment)
    {
        var errors = new List<(string, string)>();
        if (score is null)
        {
            errors.Add(("score", "Say veryBad, bad, okay, good or veryGood."));
        }

        if (comment.Length > LongestComment)
        {
            errors.Add(("comment", $"Keep the comment to {LongestComment:N0} characters."));
        }

        return errors.Count > 0 ? Refusal.Invalid([.. errors]) : null;
    }
}
