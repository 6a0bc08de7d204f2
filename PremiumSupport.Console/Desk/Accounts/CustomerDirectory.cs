using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Accounts;

/// <summary>Tells identity who a session belongs to.</summary>
internal sealed class CustomerDirectory(IDbContextFactory<SupportDb> factory) : ICustomerDirectory
{
    public async ValueTask<CustomerCard?> FindAsync(Guid contactId, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Contact>().AsNoTracking()
            .Where(contact => contact.Id == contactId && contact.DisabledAt == null && contact.Account!.DisabledAt == null)
            .Select(contact => new CustomerCard(contact.Id, contact.AccountId, contact.Name, contact.Email))
            .SingleOrDefaultAsync(cancellation);
    }
}
