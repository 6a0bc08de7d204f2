using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

// What is compared is said in SQL, by the database's own order.
#pragma warning disable CA1309, CA1310

namespace PremiumSupport.Desk.Accounts;

/// <summary>An account in the list.</summary>
/// <param name="EntitledUntil">The end of what covers now; null when nothing does.</param>
public sealed record AccountRow(string Key, string Name, DateTimeOffset? EntitledUntil, IReadOnlyList<string> Hubs, int Contacts, int SuperAdmins)
{
    /// <summary>Whether its people are let in no more.</summary>
    public bool IsDisabled { get; init; }
}

/// <summary>A page of a list by key, and behind which key the next begins; null on the last.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Rows, string? Next);

/// <summary>A person of an account as the admin's page shows them.</summary>
public sealed record ContactRow(Guid Id, string Email, string Name, RequesterRole Role, string? Zone, bool IsVerified, DateTimeOffset? DisabledAt);

/// <summary>Reads accounts for admins.</summary>
public sealed class AccountQueries(IDbContextFactory<SupportDb> factory, TimeProvider clock)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Accounts by key.</summary>
    /// <param name="words">Words of the key or the name; null for all.</param>
    /// <param name="after">Begin behind this key.</param>
    public async Task<PageOf<AccountRow>> ListAsync(string? words, string? after, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var accounts = db.Set<Account>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(words))
        {
            var pattern = TextMatch.Anywhere(words.Trim());
            accounts = accounts.Where(account => TextMatch.Holds(account.Key, pattern) || TextMatch.Holds(account.Name, pattern));
        }

        if (after is not null)
        {
            accounts = accounts.Where(account => string.Compare(account.Key, after) > 0);
        }

        var page = await accounts.OrderBy(account => account.Key).Take(PageSize + 1).Include(account => account.Subscriptions).Include(account => account.PremiumPurchases).AsSplitQuery().ToListAsync(cancellation);
        Guid[] ids = [.. page.Take(PageSize).Select(account => account.Id)];
        var people = (await db.Set<Contact>().Where(contact => ids.Contains(contact.AccountId) && contact.DisabledAt == null)
            .GroupBy(contact => new { contact.AccountId, contact.Role }).Select(group => new { group.Key.AccountId, group.Key.Role, Count = group.Count() }).ToListAsync(cancellation)).ToLookup(group => group.AccountId);
        return new(
            [.. page.Take(PageSize).Select(account => new AccountRow(
                account.Key, account.Name, Entitlement.Until(account.ToFacts(), now), account.HubsAt(now), people[account.Id].Sum(group => group.Count), people[account.Id].Where(group => group.Role == RequesterRole.SuperAdmin).Sum(group => group.Count)) { IsDisabled = account.DisabledAt is not null })],
            page.Count > PageSize ? page[PageSize - 1].Key : null);
    }

    /// <summary>The account with what it bought; null when there is none of that key.</summary>
    public async Task<Account?> FindAsync(string key, CancellationToken cancellation = default)
    {
        var wanted = key.Trim().ToLowerInvariant();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Account>().AsNoTracking().Include(account => account.Subscriptions).Include(account => account.PremiumPurchases).AsSplitQuery().SingleOrDefaultAsync(account => account.Key == wanted, cancellation);
    }

    /// <summary>How many people of an account may come now, each for themselves.</summary>
    public async Task<int> PeopleAsync(Guid accountId, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Contact>().CountAsync(contact => contact.AccountId == accountId && contact.DisabledAt == null, cancellation);
    }

    /// <summary>People of an account by address.</summary>
    /// <param name="words">Words of the address or the name; null for all.</param>
    /// <param name="after">Begin behind this address.</param>
    public async Task<PageOf<ContactRow>> ContactsAsync(Guid accountId, string? words, string? after, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var contacts = db.Set<Contact>().AsNoTracking().Where(contact => contact.AccountId == accountId);
        if (!string.IsNullOrWhiteSpace(words))
        {
            var pattern = TextMatch.Anywhere(words.Trim());
            contacts = contacts.Where(contact => TextMatch.Holds(contact.Email, pattern) || TextMatch.Holds(contact.Name, pattern));
        }

        if (after is not null)
        {
            contacts = contacts.Where(contact => string.Compare(contact.Email, after) > 0);
        }

        var page = await contacts.OrderBy(contact => contact.Email).Take(PageSize + 1)
            .Select(contact => new ContactRow(contact.Id, contact.Email, contact.Name, contact.Role, contact.Zone, contact.IsVerified, contact.DisabledAt)).ToListAsync(cancellation);
        return page.Count > PageSize ? new(page[..PageSize], page[PageSize - 1].Email) : new(page, null);
    }
}
