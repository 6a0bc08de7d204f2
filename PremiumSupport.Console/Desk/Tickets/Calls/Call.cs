namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>What came of a call attempt.</summary>
public enum CallOutcome { Reached, NoAnswer, Busy, Voicemail, WrongNumber }

/// <summary>Who rang whom: we them, or they the dedicated number.</summary>
public enum CallDirection { Outgoing, Incoming }

/// <summary>Who told us of a call: a specialist at the console, a program, or the telephone system.</summary>
public enum CallSource { Console, Api, Pbx }

/// <summary>
/// One call, or the attempt at one. What was said in it is an <see cref="InternalNote"/> of the ticket, never a column here, so that nothing that leads to a customer can take it by
/// mistake (trust rule 5).
/// </summary>
public sealed class Call
{
    /// <summary>Minted by us, or by whoever began it; the telephone system says it back.</summary>
    public Guid Id { get; set; }

    /// <summary>The ticket that it belongs to; null while nobody has said whose call an incoming one was.</summary>
    public long? TicketNumber { get; set; }

    public CallDirection Direction { get; set; }
    public CallSource Source { get; set; }

    /// <summary>The other side's number, E.164; empty when a caller hides it.</summary>
    public string Number { get; set; } = "";

    /// <summary>The specialist; null as long as the telephone system has not said who took it.</summary>
    public Guid? StaffId { get; set; }

    public string StaffName { get; set; } = "";

    /// <summary>When it began, by our clock.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>From when on it counts as an attempt: its start, or the first sign of the telephone system that it really dials. Null for one that never was made.</summary>
    public DateTimeOffset? CountedAt { get; set; }

    /// <summary>When somebody took it; null as long as nobody has, or nobody could tell us.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>When it was over; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What came of it; null while it runs, and for one that was never made.</summary>
    public CallOutcome? Outcome { get; set; }

    /// <summary>The outcome is what the telephone system could see; a specialist may still say better, because a voicemail answers too.</summary>
    public bool IsOutcomeGuessed { get; set; }

    /// <summary>Ended without ever having been made.</summary>
    public bool WasNotMade => EndedAt is not null && Outcome is null;
}

/// <summary>A call as staff sees it.</summary>
public sealed record CallView(
    Guid Id, long? TicketNumber, CallDirection Direction, CallSource Source, string Number, Guid? StaffId, string StaffName,
    DateTimeOffset StartedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, CallOutcome? Outcome, bool IsOutcomeGuessed)
{
    /// <summary>True while it goes on.</summary>
    public bool IsRunning => EndedAt is null;

    /// <summary>How long people spoke, else how long it took; null while it goes on.</summary>
    public TimeSpan? Duration => EndedAt - (AnsweredAt ?? StartedAt);

    /// <summary>The view of a row.</summary>
    public static CallView Of(Call call) => new(
        call.Id, call.TicketNumber, call.Direction, call.Source, call.Number, call.StaffId, call.StaffName, call.StartedAt, call.AnsweredAt, call.EndedAt, call.Outcome, call.IsOutcomeGuessed);
}
