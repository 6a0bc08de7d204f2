using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Which promises a report is about: those whose deadline lies in [<paramref name="From"/>, <paramref name="To"/>) and that every filter set lets through.</summary>
public sealed record SlaWindow(DateTimeOffset From, DateTimeOffset To)
{
    public Metric? Metric { get; init; }
    public Channel? Channel { get; init; }
    public Severity? Severity { get; init; }

    /// <summary>The key of an account; one that does not exist leaves nothing.</summary>
    public string? Account { get; init; }

    /// <summary>The address of a member of staff, in any letter case; an empty one for tickets that nobody has.</summary>
    public string? Specialist { get; init; }
}

/// <summary>What a report groups by; hours and days are those of UTC and of the deadline.</summary>
public enum SlaGrouping { Channel, Severity, Account, Specialist, Metric, Hour, Day }

/// <summary>One obligation with what reports group by.</summary>
public readonly record struct ReportedPromise(
    long Number, Metric Metric, Commitment Commitment, Channel Channel, Severity Severity, Guid AccountId, Guid? SpecialistId, MaturedPromise Promise);

/// <summary>A line of a report.</summary>
public sealed record SlaGroup(string Key, AttainmentFigures Figures);

/// <summary>The figures of a window, by group and over all, as things stood at <paramref name="ReadAt"/>.</summary>
public sealed record SlaReport(SlaWindow Window, DateTimeOffset ReadAt, IReadOnlyList<SlaGroup> Groups, AttainmentFigures Total);

/// <summary>
/// Reads the promises of a window: the one place that figures of dashboard, API, CSV, queue and statement come from, so that they agree to the last digit.
/// Rows are walked along the index on deadlines and added up as they come; nobody holds them.
/// </summary>
public sealed class SlaReports(IDbContextFactory<SupportDb> factory, TimeProvider clock)
{
    /// <summary>The figures of a window by group, keys in ordinal order, and over all.</summary>
    public async Task<SlaReport> ReportAsync(SlaWindow window, SlaGrouping grouping, StaffCaller caller, CancellationToken cancellation = default) => grouping switch
    {
        SlaGrouping.Channel => await FoldAsync(window, promise => promise.Channel, key => Word(key), caller, cancellation),
        SlaGrouping.Severity => await FoldAsync(window, promise => promise.Severity, key => Word(key), caller, cancellation),
        SlaGrouping.Metric => await FoldAsync(window, promise => promise.Metric, key => Word(key), caller, cancellation),
        SlaGrouping.Hour => await FoldAsync(window, promise => Floor(promise.Promise.DueAt, TimeSpan.TicksPerHour), key => Text(key, "yyyy-MM-dd'T'HH':00Z'"), caller, cancellation),
        SlaGrouping.Day => await FoldAsync(window, promise => Floor(promise.Promise.DueAt, TimeSpan.TicksPerDay), key => Text(key, "yyyy-MM-dd"), caller, cancellation),
        SlaGrouping.Account => await NamedAsync(window, promise => promise.AccountId, db => db.Set<Account>().Select(account => new Name(account.Id, account.Key)), caller, cancellation),
        _ => await NamedAsync(window, promise => promise.SpecialistId ?? Guid.Empty, db => db.Users.Select(user => new Name(user.Id, user.Email ?? "")), caller, cancellation),
    };

    /// <summary>The figures of a window over all its promises.</summary>
    public async Task<AttainmentFigures> FiguresAsync(SlaWindow window, StaffCaller caller, CancellationToken cancellation = default)
    {
        var tally = new AttainmentTally(clock.GetUtcNow());
        await foreach (var promise in StreamAsync(window, caller, cancellation))
        {
            tally.Add(promise.Promise);
        }

        return tally.ToFigures();
    }

    /// <summary>
    /// The promises of the window, in no order, those that were merged away left out (rule 9). Deadlines to come are left out; an <see cref="AttainmentTally"/>
    /// decides about the rest.
    /// </summary>
    public async IAsyncEnumerable<ReportedPromise> StreamAsync(SlaWindow window, StaffCaller caller, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var (from, to, now) = (window.From.ToUniversalTime(), window.To.ToUniversalTime(), clock.GetUtcNow());
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var obligations = db.Set<Obligation>().AsNoTracking().Where(owed => owed.DueAt >= from && owed.DueAt < to && owed.DueAt <= now && owed.MergedAt == null);
        if (window.Metric == Metric.Callback)
        {
            // Said as a constant, so that their own index is found: callbacks are few among all promises.
            obligations = obligations.Where(owed => owed.Metric == Metric.Callback);
        }
        else if (window.Metric is { } metric)
        {
            obligations = obligations.Where(owed => owed.Metric == metric);
        }

        var rows =
            from owed in obligations
            join ticket in Tickets(db, window) on owed.TicketNumber equals ticket.Number
            select new
            {
                owed.TicketNumber, owed.Metric, owed.Commitment, ticket.Channel, ticket.Severity, ticket.AccountId, ticket.AssigneeId,
                owed.StartedAt, owed.GrossDueAt, owed.DueAt, owed.AnsweredAt, owed.BreachedAt,
            };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            yield return new(
                row.TicketNumber, row.Metric, row.Commitment, row.Channel, row.Severity, row.AccountId, row.AssigneeId,
                new(row.StartedAt, row.GrossDueAt, row.DueAt, row.AnsweredAt, row.BreachedAt));
        }
    }

    private static IQueryable<Ticket> Tickets(SupportDb db, SlaWindow window)
    {
        IQueryable<Ticket> tickets = db.Set<Ticket>();
        if (window.Channel is { } channel)
        {
            tickets = tickets.Where(ticket => ticket.Channel == channel);
        }

        if (window.Severity is { } severity)
        {
            tickets = tickets.Where(ticket => ticket.Severity == severity);
        }

        if (window.Account is { } account)
        {
            tickets = tickets.Where(ticket => ticket.Account!.Key == account);
        }

        if (window.Specialist is { Length: 0 })
        {
            tickets = tickets.Where(ticket => ticket.AssigneeId == null);
        }
        else if (window.Specialist is { } specialist)
        {
            var normalized = specialist.Trim().ToUpperInvariant();
            tickets = tickets.Where(ticket => db.Users.Any(user => user.Id == ticket.AssigneeId && user.NormalizedEmail == normalized));
        }

        return tickets;
    }

    private async Task<SlaReport> NamedAsync(
        SlaWindow window, Func<ReportedPromise, Guid> key, Func<SupportDb, IQueryable<Name>> names, StaffCaller caller, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var known = await names(db).AsNoTracking().ToDictionaryAsync(name => name.Id, name => name.Key, cancellation);
        return await FoldAsync(window, key, id => known.GetValueOrDefault(id, ""), caller, cancellation);
    }

    private async Task<SlaReport> FoldAsync<TKey>(
        SlaWindow window, Func<ReportedPromise, TKey> key, Func<TKey, string> name, StaffCaller caller, CancellationToken cancellation)
        where TKey : struct
    {
        var now = clock.GetUtcNow();
        var total = new AttainmentTally(now);
        var groups = new Dictionary<TKey, AttainmentTally>();
        await foreach (var promise in StreamAsync(window, caller, cancellation))
        {
            var group = key(promise);
            if (!groups.TryGetValue(group, out var tally))
            {
                groups[group] = tally = new(now);
            }

            tally.Add(promise.Promise);
            total.Add(promise.Promise);
        }

        return new(window, now, [.. groups.Select(group => new SlaGroup(name(group.Key), group.Value.ToFigures())).OrderBy(group => group.Key, StringComparer.Ordinal)], total.ToFigures());
    }

    private static DateTimeOffset Floor(DateTimeOffset at, long ticks) => new(at.UtcTicks - (at.UtcTicks % ticks), TimeSpan.Zero);

    private static string Text(DateTimeOffset at, string format) => at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private static string Word(Enum member) => char.ToLowerInvariant(member.ToString()[0]) + member.ToString()[1..];

    private sealed record Name(Guid Id, string Key);
}
