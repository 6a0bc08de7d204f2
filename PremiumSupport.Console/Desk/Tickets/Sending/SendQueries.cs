using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Sending;

/// <summary>An answer of the caller's own that they may still take back.</summary>
public sealed record OwnSend(long Number, string MessageId, string RequesterName, bool Solves, DateTimeOffset PressedAt, DateTimeOffset SendAt);

/// <summary>Reads what is about to be sent. Its words are its author's until it is.</summary>
public sealed class SendQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>What the caller may still take back, the latest first.</summary>
    public async Task<IReadOnlyList<OwnSend>> OwnAsync(StaffCaller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<PendingSend>().AsNoTracking().Where(send => send.StaffId == caller.StaffId).OrderByDescending(send => send.SendAt)
            .Select(send => new OwnSend(send.TicketNumber, send.MessageId, send.RequesterName, send.Solves, send.PressedAt, send.SendAt))
            .ToListAsync(cancellation);
    }

    /// <summary>Which colleagues are about to send something to a ticket's customer.</summary>
    public async Task<IReadOnlyList<string>> ColleaguesAsync(long number, StaffCaller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<PendingSend>().AsNoTracking().Where(send => send.TicketNumber == number && send.StaffId != caller.StaffId).Select(send => send.StaffName).Distinct().ToListAsync(cancellation);
    }

    /// <summary>When the next one is to be sent; null when none waits. For the timer.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<PendingSend>().MinAsync(send => (DateTimeOffset?)send.SendAt, cancellation);
    }

    /// <summary>Those whose window is over by then, the oldest first. For the timer.</summary>
    internal static Task<List<PendingSend>> DueAsync(SupportDb db, DateTimeOffset now, int most, CancellationToken cancellation) =>
        db.Set<PendingSend>().AsNoTracking().Where(send => send.SendAt <= now).OrderBy(send => send.SendAt).Take(most).ToListAsync(cancellation);
}
