using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts.Teams;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Accounts;

/// <summary>A customer and what decides what they are offered.</summary>
public sealed record ContactView(Guid Id, string Email, string Name, RequesterRole Role, string AccountKey, AccountFacts Account)
{
    /// <summary>Whom of the staff the account's people know by name; null where nobody is named, or is here no more.</summary>
    public string? TechnicalContact { get; init; }
}

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
        return contact is null ? null : new(contact.Id, contact.Email, contact.Name, contact.Role, contact.Account!.Key, contact.Account.ToFacts())
        {
            TechnicalContact = await db.Set<AccountCare>().Where(care => care.AccountId == contact.AccountId)
                .Join(db.Users.Where(user => user.LockoutEnd != StaffCard.DisabledUntil), care => care.TechnicalContactId, user => user.Id, (_, user) => user.DisplayName).SingleOrDefaultAsync(cancellation),
        };
    }
}
