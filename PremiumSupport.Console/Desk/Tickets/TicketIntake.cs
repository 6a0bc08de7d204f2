using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Makes a ticket of a request: who asks, whether they may, what is promised. Runs inside the write queue's transaction.</summary>
internal static class TicketIntake
{
    /// <summary>What intake made: the answer for the caller, and the first message unless the same request had come before.</summary>
    public sealed record Result(TicketOpened Opened, PublicMessage? Message);

    public static async Task<Outcome<Result>> OpenAsync(SupportDb db, OpenTicket input, Caller caller, SlaPolicy policy, DateTimeOffset now)
    {
        var tidied = OpenTicketRules.Tidy(input, needsRequester: caller is not CustomerCaller);
        if (tidied.Refusal is { } invalid)
        {
            return invalid;
        }

        input = tidied.Value!;
        var found = await FindRequesterAsync(db, input, caller);
        if (found.Refusal is { } unknown)
        {
            return unknown;
        }

        var requester = found.Value!;
        var account = requester.Account!;
        if (await FindRepeatAsync(db, requester.Id, input.ClientMessageId) is { } repeat)
        {
            return new Result(repeat, null);
        }

        var entitlement = Entitlement.Decide(account.ToFacts(), requester.Role, input.Platform, policy, now);
        if (Refuse(entitlement, account, input.Channel) is { } refusal)
        {
            return refusal;
        }

        if (OpenTicketRules.CheckClaim(input, requester.Role) is { } notAllowed)
        {
            return notAllowed;
        }

        var ticket = NewTicket(input, requester, entitlement, now);
        db.Add(ticket);
        var request = new PromiseRequest
        {
            AccountName = account.Name,
            EntitledUntil = entitlement.Until,
            RequesterName = requester.Name,
            Role = requester.Role,
            Channel = input.Channel,
            Claim = ticket.Claim,
            Criterion = ticket.Criterion,
            StartedAt = now,
        };
        var obligations = PromiseClock.Promise(policy, request);
        ticket.Obligations.AddRange(obligations.Select(facts => new Obligation().Take(facts)));
        TicketStore.Schedule(ticket, obligations);

        // The number is the database's to give, and everything below refers to it.
        await db.SaveChangesAsync();
        var message = new PublicMessage
        {
            TicketNumber = ticket.Number,
            Sequence = 1,
            From = MessageFrom.Customer,
            AuthorId = requester.Id,
            AuthorName = requester.Name,
            Body = input.Body!,
            SentAt = now,
            ClientMessageId = input.ClientMessageId,
        };
        db.Add(message);
        TicketStore.Record(db, ticket, [new(TicketEventKind.Opened, TicketRules.Word(input.Channel))], caller, now);
        await TicketStore.AppendAsync(db, ticket, [.. obligations.Select(ObligationClock.Promised), .. Claimed(ticket, now)]);
        return new Result(new(ticket.Number, 1, now), message);
    }

    private static async Task<Outcome<Contact>> FindRequesterAsync(SupportDb db, OpenTicket input, Caller caller)
    {
        if (caller is CustomerCaller customer)
        {
            var known = await db.Set<Contact>().Include(contact => contact.Account).SingleOrDefaultAsync(contact => contact.Id == customer.ContactId);
            if (known is null)
            {
                return Refusal.TicketNotFound;
            }

            await LoadPeriodsAsync(db, known.Account!);
            return known;
        }

        var key = input.Requester!.AccountKey!.Trim().ToLowerInvariant();
        var account = await db.Set<Account>().SingleOrDefaultAsync(account => account.Key == key);
        if (account is null)
        {
            return Refusal.Invalid(("account", $"There is no account '{MessageText.Beginning(key, 100)}'."));
        }

        await LoadPeriodsAsync(db, account);
        return await ContactCommands.FindOrAddAsync(db, account, input.Requester.Email!, input.Requester.Name);
    }

    private static async Task LoadPeriodsAsync(SupportDb db, Account account)
    {
        await db.Entry(account).Collection(owner => owner.Subscriptions).LoadAsync();
        await db.Entry(account).Collection(owner => owner.PremiumPurchases).LoadAsync();
    }

    private static Task<TicketOpened?> FindRepeatAsync(SupportDb db, Guid requesterId, string clientMessageId) =>
        db.Set<PublicMessage>()
            .Where(message => message.AuthorId == requesterId && message.ClientMessageId == clientMessageId)
            .Select(message => new TicketOpened(message.TicketNumber, message.Sequence, message.SentAt))
            .FirstOrDefaultAsync();

    private static Refusal? Refuse(EntitlementDecision entitlement, Account account, Channel channel) => entitlement.Reason switch
    {
        RefusalReason.MobileApp => new(RefusalKind.Forbidden, "mobile-app", "Premium Support is not offered inside the mobile app. Open the product in a browser to ask."),
        not null => new(RefusalKind.Forbidden, "not-entitled", $"{account.Name} has no Premium Support that covers today."),
        null when channel != Channel.Mailbox && !entitlement.Channels.Contains(channel) =>
            new(RefusalKind.Forbidden, "channel-not-offered", "This way to ask is not part of the account's package."),
        _ => null,
    };

    private static Ticket NewTicket(OpenTicket input, Contact requester, EntitlementDecision entitlement, DateTimeOffset now) => new()
    {
        Subject = input.Subject!,
        Channel = input.Channel,
        Severity = input.IsBusinessCritical ? Severity.BusinessCritical : Severity.Standard,
        Claim = input.IsBusinessCritical ? ClaimState.Pending : ClaimState.None,
        Criterion = input.IsBusinessCritical ? input.Criterion : null,
        Impact = input.IsBusinessCritical ? input.Impact : null,
        AccountId = requester.AccountId,
        Account = requester.Account,
        RequesterId = requester.Id,
        Requester = requester,
        RequesterRole = requester.Role,
        EntitledUntil = entitlement.Until,
        PhoneNumber = input.PhoneNumber,
        Locale = input.Locale is { Length: <= 35 } ? input.Locale : null,
        CreatedAt = now,
        UpdatedAt = now,
        LastSequence = 1,
        Snippet = MessageText.Snippet(input.Body!),
        SnippetAuthor = requester.Name,
        LastFromCustomer = true,
        Version = 1,
    };

    private static IEnumerable<LedgerFact> Claimed(Ticket ticket, DateTimeOffset now)
    {
        if (ticket.Claim == ClaimState.Pending)
        {
            yield return new(LedgerKind.Claimed, now, null, null, new Dictionary<string, string> { ["criterion"] = TicketRules.Word(ticket.Criterion!.Value) });
        }
    }
}
