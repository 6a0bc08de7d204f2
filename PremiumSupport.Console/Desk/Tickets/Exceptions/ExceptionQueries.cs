using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Exceptions;

/// <summary>What a scope can be chosen from.</summary>
public sealed record ExceptionScopes(IReadOnlyList<(string Key, string Name)> Accounts, IReadOnlyList<string> Hubs);

/// <summary>Reads response-time exceptions.</summary>
public sealed class ExceptionQueries(IDbContextFactory<SupportDb> factory, TimeProvider clock)
{
    private const int AccountsToChoose = 500;

    /// <summary>Exceptions, last declared first; those declared earlier than <paramref name="before"/> where given.</summary>
    /// <param name="state">Only those; null for all.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="before">When the last one read was declared.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<ExceptionView>> ListAsync(ExceptionState? state = null, int take = 200, DateTimeOffset? before = null, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var rows = await db.Set<SlaException>().AsNoTracking()
            .Where(row => (state == null || row.State == state) && (before == null || row.DeclaredAt < before))
            .OrderByDescending(row => row.DeclaredAt)
            .Take(take)
            .ToListAsync(cancellation);
        return [.. rows.Select(ExceptionView.Of)];
    }

    /// <summary>The exception; null when there is none of that id.</summary>
    public async Task<ExceptionView?> FindAsync(Guid id, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<SlaException>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row ? ExceptionView.Of(row) : null;
    }

    /// <summary>What a draft would be if it were approved as it stands, for a preview; or what is wrong with it, by field. Nothing is written.</summary>
    public async Task<Outcome<ExceptionWindow>> CheckAsync(ExceptionDraft draft, bool startsAtOnce, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await ExceptionCommands.JudgeAsync(db, draft, startsAtOnce, ObligationClock.Whole(clock.GetUtcNow()));
    }

    /// <summary>The approved ones that stop clocks at that instant.</summary>
    public async Task<IReadOnlyList<ExceptionWindow>> InForceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await InForceAsync(db, now, cancellation);
    }

    /// <summary>What a customer is to know before asking: exceptions in force that concern their account, its hubs or a channel of the help dialog. The soonest over first.</summary>
    public async Task<IReadOnlyList<ExceptionNotice>> NoticesAsync(CustomerCaller customer, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var windows = await InForceAsync(db, now, cancellation);
        if (windows.Count == 0)
        {
            return [];
        }

        var account = await db.Set<Account>().AsNoTracking().Include(account => account.Subscriptions).SingleAsync(account => account.Id == customer.AccountId, cancellation);
        string[] hubs = [.. account.Subscriptions.Where(subscription => subscription.From <= now && now < subscription.To).Select(subscription => subscription.Hub).Distinct()];
        return [.. windows
            .Where(window => window.Scope == ExceptionScope.Channel ? window.ScopeValue != "mailbox" : window.Covers(account.Key, default, hubs))
            .OrderBy(window => window.To)
            .Select(window => new ExceptionNotice(window.From, window.To, window.Scope, window.Scope == ExceptionScope.Account ? null : window.ScopeValue, window.Reason, window.Note))];
    }

    /// <summary>What can be named as a scope: the first accounts by name (any other by its key), and every hub that anybody has.</summary>
    public async Task<ExceptionScopes> ScopesAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var accounts = await db.Set<Account>().AsNoTracking().OrderBy(account => account.Name).Take(AccountsToChoose).Select(account => new { account.Key, account.Name }).ToListAsync(cancellation);
        var hubs = await db.Set<Subscription>().AsNoTracking().Select(subscription => subscription.Hub).Distinct().OrderBy(hub => hub).ToListAsync(cancellation);
        return new([.. accounts.Select(account => (account.Key, account.Name))], hubs);
    }

    private static async Task<IReadOnlyList<ExceptionWindow>> InForceAsync(SupportDb db, DateTimeOffset now, CancellationToken cancellation) =>
    [
        .. (await db.Set<SlaException>().AsNoTracking().Where(row => row.State == ExceptionState.Approved && row.To > now).ToListAsync(cancellation))
            .Select(row => row.ToWindow()).Where(window => window.From <= now).OrderBy(window => window.From),
    ];
}
