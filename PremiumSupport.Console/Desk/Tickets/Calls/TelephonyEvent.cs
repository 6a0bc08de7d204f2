namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>A message of the telephone system that was taken. Kept for a while, so that the same message again has no second effect.</summary>
public sealed class TelephonyEvent
{
    /// <summary>Longest id of a message.</summary>
    public const int LongestId = 200;

    /// <summary>The <c>webhook-id</c> that it came with.</summary>
    public required string Id { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }
}

/// <summary>What the telephone system tells of a call.</summary>
public enum CallSign { Ringing, Answered, Ended }

/// <summary>A message of the telephone system, read and checked.</summary>
/// <param name="Id">The message's own id.</param>
/// <param name="CallId">The call's: ours where we asked for it, else the one that the system minted.</param>
/// <param name="Sign">What happened.</param>
/// <param name="Direction">Who rang whom.</param>
/// <param name="Number">The other side, E.164; empty when it is hidden.</param>
/// <param name="Agent">The specialist's email address; null when the system does not know.</param>
/// <param name="Outcome">What came of it, with <see cref="CallSign.Ended"/>; null leaves it to what was seen.</param>
public sealed record CallMessage(string Id, Guid CallId, CallSign Sign, CallDirection Direction, string Number, string? Agent, CallOutcome? Outcome);
