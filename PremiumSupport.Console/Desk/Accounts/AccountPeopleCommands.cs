using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Accounts;

/// <summary>Writes the people of accounts, at the word of an admin. Requests that a person has open stay as they were promised, whatever the person is from now on (rule 10).</summary>
public sealed class AccountPeopleCommands(WriteQueue writes, CustomerSessions sessions, ChangeBus bus, TimeProvider clock)
{
    /// <summary>Adds somebody, or changes who they are. The vendor's next token may say otherwise of name and role, and then its word is kept.</summary>
    public async Task<Attempt<Guid>> SaveAsync(string accountKey, ContactDraft draft, StaffCaller admin, CancellationToken cancellation = default)
    {
        var problem = AccountCommands.Forbidden(admin) ?? AccountRules.Email(draft.Email) ?? AccountRules.Name(draft.Name) ?? AccountRules.Zone(draft.Zone);
        if (problem is not null)
        {
            return new(default, problem);
        }

        var (email, now) = (ContactCommands.Address(draft.Email!), clock.GetUtcNow());
        return await writes.RunAsync<Attempt<Guid>>(
            async db =>
            {
                if (await db.Set<Account>().SingleOrDefaultAsync(account => account.Key == accountKey) is not { } account)
                {
                    return new(default, "There is no such account any more.");
                }

                if (await db.Set<Contact>().AnyAsync(contact => contact.AccountId == account.Id && contact.Email == email && contact.Id != draft.Id))
                {
                    return new(default, $"{account.Name} has somebody with the address {email} already.");
                }

                var contact = draft.Id is null ? null : await db.Set<Contact>().SingleOrDefaultAsync(contact => contact.Id == draft.Id && contact.AccountId == account.Id);
                if (contact is null && draft.Id is not null)
                {
                    return new(default, "This person is not there any more.");
                }

                var before = contact is null ? null : Facts(contact);
                if (contact is null)
                {
                    contact = ContactCommands.New(account.Id, email, null);
                    db.Add(contact);
                }

                (contact.Email, contact.Name, contact.Role) = (email, AccountRules.Tidy(draft.Name), draft.Role);
                contact.Zone = AccountRules.Tidy(draft.Zone) is { Length: > 0 } zone ? zone : null;
                admin.Note(db, now, before is null ? "added a contact to" : "changed a contact of", (AccountCommands.Area, account.Key, email), before, Facts(contact));
                return contact.Id;
            },
            Tell,
            cancellation);
    }

    /// <summary>Lets somebody in no more, or again. Who is out has no open page a moment later, and the vendor's token opens none; their requests stay.</summary>
    public async Task<Attempt<Guid>> SetDisabledAsync(string accountKey, Guid contactId, bool isDisabled, StaffCaller admin, CancellationToken cancellation = default)
    {
        if (AccountCommands.Forbidden(admin) is { } forbidden)
        {
            return new(default, forbidden);
        }

        var now = clock.GetUtcNow();
        var done = await writes.RunAsync<Attempt<Guid>>(
            async db =>
            {
                var contact = await db.Set<Contact>().Include(contact => contact.Account).SingleOrDefaultAsync(contact => contact.Id == contactId && contact.Account!.Key == accountKey);
                if (contact is null)
                {
                    return new(default, "This person is not there any more.");
                }

                if (contact.DisabledAt is not null != isDisabled)
                {
                    contact.DisabledAt = isDisabled ? now : null;
                    admin.Note(db, now, isDisabled ? "disabled a contact of" : "enabled a contact of", (AccountCommands.Area, accountKey, contact.Email));
                }

                return contactId;
            },
            Tell,
            cancellation);
        if (done.IsDone && isDisabled)
        {
            await sessions.EndAllAsync(contactId, CancellationToken.None);
        }

        return done;
    }

    /// <summary>
    /// Lets the people of a whole account in no more, or again. Who is out has no open page a moment later, and neither the vendor's token nor a mail opens anything; open requests stay in the
    /// queue with every promise.
    /// </summary>
    public async Task<Attempt<string>> SetAccountDisabledAsync(string accountKey, bool isDisabled, StaffCaller admin, CancellationToken cancellation = default)
    {
        if (AccountCommands.Forbidden(admin) is { } forbidden)
        {
            return new(null, forbidden);
        }

        var now = clock.GetUtcNow();
        List<Guid> people = [];
        var done = await writes.RunAsync<Attempt<string>>(
            async db =>
            {
                if (await db.Set<Account>().SingleOrDefaultAsync(account => account.Key == accountKey) is not { } account)
                {
                    return new(null, "There is no such account any more.");
                }

                if (account.DisabledAt is not null != isDisabled)
                {
                    account.DisabledAt = isDisabled ? now : null;
                    admin.Note(db, now, isDisabled ? "disabled" : "enabled", (AccountCommands.Area, accountKey, account.Name));
                }

                people = isDisabled ? await db.Set<Contact>().Where(contact => contact.AccountId == account.Id).Select(contact => contact.Id).ToListAsync() : [];
                return accountKey;
            },
            outcome => Tell(outcome.IsDone),
            cancellation);
        if (people.Count > 0)
        {
            await sessions.EndAllAsync(people, CancellationToken.None);
        }

        return done;
    }

    private static object Facts(Contact contact) => new { contact.Email, contact.Name, contact.Role, contact.Zone };

    private void Tell(Attempt<Guid> outcome) => Tell(outcome.IsDone);

    private void Tell(bool isDone)
    {
        if (isDone)
        {
            bus.Publish(new(AccountCommands.Topic, 0));
        }
    }
}
