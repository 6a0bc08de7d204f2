namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>A call that is over, as somebody tells it.</summary>
/// <param name="Id">Minted by whoever tells it; the same again is the same call.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record CallLog(Guid Id, CallOutcome Outcome)
{
    public CallDirection Direction { get; init; }
    public CallSource Source { get; init; } = CallSource.Console;

    /// <summary>How long it took; null when nobody counted.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The other side's number, E.164; null for the ticket's own.</summary>
    public string? Number { get; init; }

    /// <summary>What was said; for staff alone.</summary>
    public string? Notes { get; init; }
}

/// <summary>A call to the dedicated number, with whose it was.</summary>
/// <param name="CallId">The call that the telephone system reported, or a new id.</param>
public sealed record IncomingCall(Guid CallId)
{
    /// <summary>The caller's number as it was shown or typed; a hint and no identity.</summary>
    public string? Number { get; init; }

    /// <summary>The ticket that it was about; null opens a new one of <see cref="Requester"/>.</summary>
    public long? TicketNumber { get; init; }

    public RequesterInput? Requester { get; init; }
    public string? Subject { get; init; }
    public string? Notes { get; init; }
    public TimeSpan? Duration { get; init; }

    /// <summary>The same as a call that is over.</summary>
    internal CallLog ToLog(string notes) => new(CallId, CallOutcome.Reached) { Direction = CallDirection.Incoming, Duration = Duration, Notes = notes, Number = PhoneNumberParser.ToE164(Number) };
}
