using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Accounts;

/// <summary>What the vendor's signed token says about a person.</summary>
/// <param name="Role">The vendor's word, or null to keep the stored role.</param>
public sealed record VouchedContact(string AccountKey, string Email, string Name, RequesterRole? Role, string? Locale);

/// <summary>Writes the people of accounts.</summary>
public sealed class ContactCommands(WriteQueue writes, TimeProvider clock)
{
    /// <summary>
    /// Takes over what the vendor vouches for: finds or makes the contact of that account. Null when the account is not known here,
    /// for then there is nobody to keep, or when an admin lets the person, or the whole account, in no more.
    /// </summary>
    public Task<Contact?> VouchAsync(VouchedContact vouched, CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            var key = vouched.AccountKey.Trim().ToLowerInvariant();
            var account = await db.Set<Account>().SingleOrDefaultAsync(account => account.Key == key);
            if (account is null or { DisabledAt: not null })
            {
                return null;
            }

            var contact = await FindOrAddAsync(db, account, vouched.Email, vouched.Name);
            if (contact.DisabledAt is not null)
            {
                return null;
            }

            contact.Name = vouched.Name.Length > 0 ? vouched.Name : contact.Name;
            contact.Role = vouched.Role ?? contact.Role;
            contact.Locale = vouched.Locale ?? contact.Locale;
            contact.IsVerified = true;
            return contact;
        },
        cancellation: cancellation);

    /// <summary>Somebody of the staff says whose an address is: finds or makes the contact of that account, vouched for by nobody. Null when there is no such account.</summary>
    public Task<Contact?> AddAsync(string accountKey, string email, string? name, StaffCaller caller, CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            var key = accountKey.Trim().ToLowerInvariant();
            if (await db.Set<Account>().SingleOrDefaultAsync(account => account.Key == key) is not { } account)
            {
                return null;
            }

            var contact = await FindOrAddAsync(db, account, email, name);
            if (db.Entry(contact).State == EntityState.Added)
            {
                caller.Note(db, clock.GetUtcNow(), "added a contact to", (AccountCommands.Area, key, contact.Email), null, new { contact.Name });
            }

            return contact;
        },
        cancellation: cancellation);

    /// <summary>The contact of that address in the account; a new one is an ordinary user until the vendor says otherwise.</summary>
    internal static async Task<Contact> FindOrAddAsync(SupportDb db, Account account, string email, string? name)
    {
        var address = Address(email);
        var contact = await db.Set<Contact>().SingleOrDefaultAsync(contact => contact.AccountId == account.Id && contact.Email == address);
        if (contact is null)
        {
            contact = New(account.Id, address, name);
            db.Add(contact);
        }

        contact.Account = account;
        return contact;
    }

    /// <summary>An address as it is kept.</summary>
    internal static string Address(string email) => email.Trim().ToLowerInvariant();

    /// <summary>A person of whom nothing is known but an address, and perhaps a name.</summary>
    internal static Contact New(Guid accountId, string address, string? name) =>
        new() { Id = Guid.CreateVersion7(), AccountId = accountId, Email = address, Name = string.IsNullOrWhiteSpace(name) ? address : name.Trim() };
}
