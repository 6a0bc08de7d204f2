using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verb about who asks.</summary>
public sealed partial class TicketCommands
{
    /// <summary>
    /// Somebody else asks from now on, perhaps of another account. What was promised stands as it was made (rule 10); of another account it goes on on that account's chain.
    /// </summary>
    public Task<Outcome<TicketState>> ChangeRequesterAsync(long number, RequesterInput requester, StaffCaller caller, CancellationToken cancellation = default) =>
        WriteAsync(number, caller, null, async (db, ticket, terms, now) =>
        {
            var key = requester.AccountKey?.Trim().ToLowerInvariant() ?? ticket.Account!.Key;
            if (await db.Set<Account>().SingleOrDefaultAsync(account => account.Key == key) is not { } account)
            {
                return Refusal.Invalid(("account", $"There is no account '{MessageText.Beginning(key, 100)}'."));
            }

            var address = ContactCommands.Address(requester.Email ?? "");
            if (await db.Set<Contact>().SingleOrDefaultAsync(contact => contact.AccountId == account.Id && contact.Email == address) is not { } contact)
            {
                return Refusal.Invalid(("requester.email", $"{account.Name} has no contact of that address."));
            }

            if (contact.Id == ticket.RequesterId)
            {
                return null;
            }

            var (facts, before) = (ticket.ToFacts(terms), $"{ticket.Requester!.Name} ({ticket.Account!.Name})");
            var name = $"{contact.Name} ({account.Name})";
            if (account.Id == ticket.AccountId)
            {
                var changed = MergeRules.ChangeRequester(facts, name, before, now);
                if (changed.Refusal is { } refusal)
                {
                    return refusal;
                }

                await TicketStore.ApplyAsync(db, ticket, changed.Value!, caller, now);
            }
            else
            {
                var moved = MergeRules.ChangeAccount(facts, name, before, now);
                if (moved.Refusal is { } refusal)
                {
                    return refusal;
                }

                await TicketStore.ApplyAsync(db, ticket, moved.Value.From, caller, now);
                (ticket.AccountId, ticket.Account) = (account.Id, account);
                await TicketStore.ApplyAsync(db, ticket, moved.Value.Into, caller, now);
            }

            (ticket.RequesterId, ticket.Requester) = (contact.Id, contact);
            return null;
        }, cancellation);
}
