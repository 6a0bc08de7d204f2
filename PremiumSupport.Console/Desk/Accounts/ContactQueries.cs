using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Accounts;

/// <summary>A customer and what decides what they are offered.</summary>
public sealed record ContactView(Guid Id, string Email, string Name, RequesterRole Role, string AccountKey, AccountFacts Account);

/// <summary>Reads the people of accounts.</summary>
public sealed class ContactQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>The contact; null when it is gone.</summary>
    public async Task<ContactView?> FindAsync(Guid contactId, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var contact = await db.Set<Contact>().AsNoTracking().AsSplitQuery()
            .Include(contact => contact.Account!.Subscriptions)
            .Include(contact => contact.Account!.PremiumPurchases)
            .SingleOrDefaultAsync(contact => contact.Id == contactId, cancellation);
        return contact is null ? null : new(contact.Id, contact.Email, contact.Name, contact.Role, contact.Account!.Key, contact.Account.ToFacts());
    }
}
