using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets.Next;

/// <summary>A skip as leads read it.</summary>
public sealed record SkipView(long Id, long TicketNumber, string Subject, Guid StaffId, string StaffName, SkipReason Reason, string Note, DateTimeOffset At);

/// <summary>
/// Reads what Next goes by. What every queue page asks for is kept in memory until somebody changes it (<see cref="Topic"/> on the bus), so that a thousand pages
/// cost one reading.
/// </summary>
public sealed class NextQueries : IDisposable
{
    /// <summary>The topic under which the change bus says that somebody skipped something or that a limit changed; the id is not used.</summary>
    public const string Topic = "next";

    private readonly IDbContextFactory<SupportDb> _factory;
    private readonly NextOptions _options;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private readonly Lock _gate = new();
    private Task<NextFacts>? _facts;

    /// <summary>Starts to listen to the bus.</summary>
    public NextQueries(IDbContextFactory<SupportDb> factory, ChangeBus bus, NextOptions options, TimeProvider clock)
    {
        (_factory, _options, _clock) = (factory, options, clock);
        _subscription = bus.Subscribe(change =>
        {
            if (change.IsAbout(Topic))
            {
                lock (_gate)
                {
                    _facts = null;
                }
            }
        });
    }

    /// <summary>Skips that still count, and limits.</summary>
    public async Task<NextFacts> CurrentAsync()
    {
        Task<NextFacts> reading;
        lock (_gate)
        {
            // Begun inside the lock: news that comes later finds it here and lets it go, so what is kept is never older than the last news.
            reading = _facts ??= Task.Run(ReadAsync);
        }

        try
        {
            return await reading;
        }
        catch
        {
            lock (_gate)
            {
                _facts = _facts == reading ? null : _facts;
            }

            throw;
        }
    }

    /// <summary>The newest skips of everybody, for leads; empty for anybody else.</summary>
    public async Task<IReadOnlyList<SkipView>> SkipsAsync(StaffCaller caller, int take, CancellationToken cancellation = default)
    {
        if (!caller.IsLead)
        {
            return [];
        }

        await using var db = await _factory.CreateDbContextAsync(cancellation);
        return await db.Set<Skip>().AsNoTracking()
            .OrderByDescending(skip => skip.At).ThenByDescending(skip => skip.Id)
            .Take(take)
            .Join(db.Set<Ticket>(), skip => skip.TicketNumber, ticket => ticket.Number, (skip, ticket) => new { skip, ticket.Subject })
            .Join(db.Users, row => row.skip.StaffId, user => user.Id, (row, user) => new { row.skip, row.Subject, user.DisplayName })
            .OrderByDescending(row => row.skip.At).ThenByDescending(row => row.skip.Id)
            .Select(row => new SkipView(row.skip.Id, row.skip.TicketNumber, row.Subject, row.skip.StaffId, row.DisplayName, row.skip.Reason, row.skip.Note, row.skip.At))
            .ToListAsync(cancellation);
    }

    /// <inheritdoc />
    public void Dispose() => _subscription.Dispose();

    private async Task<NextFacts> ReadAsync()
    {
        var since = _clock.GetUtcNow() - _options.SkipFor;
        await using var db = await _factory.CreateDbContextAsync();
        var skips = await db.Set<Skip>().AsNoTracking().Where(skip => skip.At > since).Select(skip => new { skip.StaffId, skip.TicketNumber, skip.At }).ToListAsync();
        var limits = await db.Set<StaffLimit>().AsNoTracking().ToDictionaryAsync(limit => limit.StaffId, limit => limit.MostOpen);
        return new(skips.GroupBy(skip => (skip.StaffId, skip.TicketNumber)).ToDictionary(group => group.Key, group => group.Max(skip => skip.At) + _options.SkipFor), limits);
    }
}
