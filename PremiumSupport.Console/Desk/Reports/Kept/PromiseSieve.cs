using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>A filter with its names looked up: whether a promise that has an outcome passes it.</summary>
/// <param name="filter">What is meant.</param>
/// <param name="account">The place of the account that it names; ignored where it names none.</param>
/// <param name="specialist">The place of the specialist that it names, likewise.</param>
/// <param name="wall">The wall by which weekdays and hours are told.</param>
/// <param name="now">The instant by which is judged, in milliseconds since 1970.</param>
public sealed class PromiseSieve(PromiseFilter filter, int account, int specialist, WallTime wall, long now)
{
    /// <summary>What the places are for a name that nobody bears.</summary>
    public const int NoSuch = -2;

    // An answer within the very millisecond took no time at all, and belongs to the first span.
    private readonly (long Over, long UpTo)? _took = filter.Took is { } took ? (took.Over == 0 ? -1 : took.Over * 1000L, took.UpTo * 1000L ?? long.MaxValue) : null;

    /// <summary>Whether every ticket passes, whatever it is about.</summary>
    public bool PassesAllTickets { get; } = filter is { Channel: null, Severity: null, Account: null, Specialist: null };

    /// <summary>Whether it passes. Promises without an outcome yet never do: early answers alone would flatter the figures.</summary>
    public bool Passes(in KeptPromise promise) =>
        promise.IsMaturedAt(now)
        && (filter.Metric is not { } metric || promise.Metric == metric)
        && (filter.Channel is not { } channel || promise.Channel == channel)
        && (filter.Severity is not { } severity || promise.Severity == severity)
        && (filter.Account is null || promise.Account == account)
        && (filter.Specialist is null || promise.Specialist == specialist)
        && filter.Outcome switch
        {
            null => true,
            PromiseOutcome.Met => promise.IsMet,
            PromiseOutcome.Missed => !promise.IsMet,
            PromiseOutcome.Owed => !promise.IsAnswered,
            _ => promise.IsMoved,
        }
        && (filter.Weekday is not { } weekday || wall.WeekdayOf(promise.Due) == weekday)
        && (filter.Hour is not { } hour || wall.HourOf(promise.Due) == hour)
        && (_took is not { } span || (promise.AgeAt(now) > span.Over && promise.AgeAt(now) <= span.UpTo));

    /// <summary>Whether a move passes: by what tickets have, and by the weekday and hour of the move. What only promises have narrows nothing.</summary>
    /// <param name="isOfTicket">Whether the ticket is meant, whenever it moved.</param>
    public bool Passes(in TicketMove move, bool isOfTicket) =>
        (filter.Channel is not { } channel || move.Channel == channel)
        && (filter.Severity is not { } severity || move.Severity == severity)
        && (filter.Account is null || move.Account == account)
        && (filter.Specialist is null || move.Specialist == specialist)
        && (isOfTicket || filter.Weekday is not { } weekday || wall.WeekdayOf(move.At) == weekday)
        && (isOfTicket || filter.Hour is not { } hour || wall.HourOf(move.At) == hour);
}
