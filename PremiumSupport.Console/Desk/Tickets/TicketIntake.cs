using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Makes a ticket of a request: who asks, whether they may, what is promised. Runs inside the write queue's transaction.</summary>
internal static class TicketIntake
{
    /// <summary>What intake made: the answer for the caller, and the first message unless the same request had come before.</summary>
    public sealed record Result(TicketOpened Opened, PublicMessage? Message);

    private static readonly CompiledQuery<Func<SupportDb, string, Task<Account?>>> AccountOf = new(() => EF.CompileAsyncQuery((SupportDb db, string key) =>
        db.Set<Account>().AsNoTracking().AsSingleQuery().Include(account => account.Subscriptions).Include(account => account.PremiumPurchases).SingleOrDefault(account => account.Key == key)));

    private static readonly CompiledQuery<Func<SupportDb, Guid, string, Task<Contact?>>> ContactOf = new(() => EF.CompileAsyncQuery((SupportDb db, Guid accountId, string email) =>
        db.Set<Contact>().AsNoTracking().SingleOrDefault(contact => contact.AccountId == accountId && contact.Email == email)));

    private static readonly CompiledQuery<Func<SupportDb, Guid, Task<Contact?>>> Customer = new(() => EF.CompileAsyncQuery((SupportDb db, Guid id) =>
        db.Set<Contact>().AsNoTracking().AsSingleQuery()
            .Include(contact => contact.Account!.Subscriptions).Include(contact => contact.Account!.PremiumPurchases)
            .SingleOrDefault(contact => contact.Id == id)));

    /// <summary>Opens what <see cref="OpenTicketRules.Tidy"/> let through. Every refusal comes before the first write.</summary>
    public static async Task<Outcome<Result>> OpenAsync(SupportDb db, OpenTicket input, Caller caller, Terms terms, DateTimeOffset now)
    {
        var found = await FindRequesterAsync(db, input, caller);
        if (found.Refusal is { } unknown)
        {
            return unknown;
        }

        var (requester, isNew) = found.Value;
        var account = requester.Account!;
        // The forms compare what was sent before by themselves, and more than its text.
        if (!isNew && await TicketLane.FindRepeatAsync(db, requester.Id, input.ClientMessageId, input.Channel == Channel.Chat ? input.Body : null) is { } repeat)
        {
            return repeat.Refusal is { } reused ? reused : new Result(repeat.Value!, null);
        }

        var policy = terms.Policy;
        var entitlement = Entitlement.Decide(account.ToFacts(), requester.Role, input.Platform, policy, now);
        if (Refuse(entitlement, account, input.Channel) is { } refusal)
        {
            return refusal;
        }

        if (OpenTicketRules.CheckClaim(input, requester.Role) is { } notAllowed)
        {
            return notAllowed;
        }

        var window = input.Channel == Channel.Phone ? CallWindow.Read(input.CallWish, now) : default;
        if ((window.Refusal ?? await RefuseCallbackAsync(db, input, caller)) is { } notCalled)
        {
            return notCalled;
        }

        var taken = await MessageFiles.TakeAsync(db, input.Files, caller, now);
        if (taken.Refusal is { } missing)
        {
            return missing;
        }

        var files = taken.Value!;
        var ticket = NewTicket(input, requester, entitlement, files, now);
        var request = window.Value is { } hours ? ticket.ToRequest() with { StartedAt = hours.From, AskedAt = now } : ticket.ToRequest();
        ticket.PolicyVersion = policy.Version;
        ticket.PromisesNext = PromisesNext(policy, request);
        var exceptions = ExceptionStops.Of(terms.Exceptions, request);
        ObligationClock.Outcome[] begun = [.. PromiseClock.Promise(policy, request).Where(promised => input.IncomingCall is null || promised.Metric != Metric.Callback).Select(promised => ObligationClock.Begin(promised, request, policy, exceptions))];
        ObligationFacts[] obligations = [.. begun.Select(outcome => outcome.Obligation)];
        ticket.Obligations.AddRange(obligations.Select(facts => new Obligation().Take(facts)));
        TicketStore.Schedule(ticket, obligations);
        var message = new PublicMessage
        {
            Sequence = 1,
            From = MessageFrom.Customer,
            AuthorId = requester.Id,
            AuthorName = requester.Name,
            Body = input.Body!,
            Files = [.. files.Select(file => new PublicFile(file))],
            SentAt = now,
            ClientMessageId = input.ClientMessageId,
        };
        var opened = new TicketEvent { Kind = TicketEventKind.Opened, At = now, ActorId = caller.Id, ActorName = caller.Name, Detail = TicketRules.Word(input.Channel) };
        if (isNew)
        {
            await TicketLane.AddAsync(db, requester);
        }

        await TicketLane.OpenAsync(db, ticket, message, opened, [.. begun.SelectMany(outcome => outcome.Ledger), .. Claimed(ticket, now)]);
        if (input is { Channel: Channel.Phone, IncomingCall: null })
        {
            var callback = new Callback { TicketNumber = ticket.Number, Number = input.PhoneNumber! };
            callback.Wish(window.Value, input.CallWish?.Zone, now);
            db.Add(callback);
        }

        return new Result(new(ticket.Number, 1, now) { View = TicketView.Of(ticket, new Dictionary<Guid, AssigneeView>()) }, message);
    }

    /// <summary>Opens a ticket with part of another's conversation; every refusal comes before. The same part again opens nothing new.</summary>
    public static async Task<TicketOpened> SplitAsync(SupportDb db, Ticket from, string subject, string body, long fromSequence, IReadOnlyList<PublicFile> files, StaffCaller caller, Terms terms, DateTimeOffset now)
    {
        var clientId = $"split-{from.Number}-{fromSequence}";
        if (await TicketLane.FindRepeatAsync(db, from.RequesterId, clientId) is { Value: { } repeat })
        {
            return repeat;
        }

        var text = MessageText.Beginning(body, TicketLimits.Body);
        var ticket = new Ticket
        {
            Subject = subject, Channel = from.Channel, Severity = from.Severity, AccountId = from.AccountId, Account = from.Account, RequesterId = from.RequesterId, Requester = from.Requester,
            RequesterRole = from.RequesterRole, EntitledUntil = from.EntitledUntil, Plan = from.Plan, Hubs = from.Hubs, PhoneNumber = from.PhoneNumber, Locale = from.Locale,
            CreatedAt = now, UpdatedAt = now, LastSequence = 1, Snippet = MessageText.Snippet(text.Length > 0 ? text : MessageFiles.InWords([.. files.Select(file => file.Facts)])), SnippetAuthor = from.Requester!.Name, LastFromCustomer = true, Version = 1,
        };
        var (policy, promised) = MergeRules.Split(from.ToFacts(terms), ticket.ToRequest(), terms.Policy, now);
        ticket.PolicyVersion = policy.Version;
        ticket.PromisesNext = PromisesNext(policy, ticket.ToRequest());
        ObligationFacts[] obligations = [.. promised.Select(outcome => outcome.Obligation)];
        ticket.Obligations.AddRange(obligations.Select(facts => new Obligation().Take(facts)));
        TicketStore.Schedule(ticket, obligations);
        var message = new PublicMessage { Sequence = 1, From = MessageFrom.Customer, AuthorId = from.RequesterId, AuthorName = from.Requester.Name, Body = text, Files = files, SentAt = now, ClientMessageId = clientId };
        var opened = new TicketEvent { Kind = TicketEventKind.Opened, At = now, ActorId = caller.Id, ActorName = caller.Name, Detail = TicketRules.Word(from.Channel) };
        LedgerFact[] ledger = [.. promised.SelectMany(outcome => outcome.Ledger)];
        await TicketLane.OpenAsync(db, ticket, message, opened, ledger);
        db.AddRange(ledger.Select(fact => FlagMark.Of(ticket.Number, fact, now)).OfType<FlagMark>());
        TicketStore.Record(db, ticket, [new(TicketEventKind.SplitFrom, TicketRules.Number(from.Number))], caller, now);
        TicketStore.Record(db, from, [new(TicketEventKind.SplitOff, TicketRules.Number(ticket.Number))], caller, now);
        return new(ticket.Number, 1, now);
    }

    /// <summary>Whether a policy promises next responses to a request, whatever its severity becomes (rule 6).</summary>
    public static bool PromisesNext(SlaPolicy policy, PromiseRequest request) =>
        Enum.GetValues<Severity>().Any(severity => PromiseClock.RulesFor(policy, request, severity).Any(rule => rule.Metric == Metric.NextResponse));

    private static async Task<Outcome<(Contact Contact, bool IsNew)>> FindRequesterAsync(SupportDb db, OpenTicket input, Caller caller)
    {
        if (caller is CustomerCaller customer)
        {
            return await Customer.On(db)(db, customer.ContactId) is { } known ? (known, false) : Refusal.TicketNotFound;
        }

        var key = input.Requester!.AccountKey!.Trim().ToLowerInvariant();
        if (await AccountOf.On(db)(db, key) is not { } account)
        {
            return Refusal.Invalid(("account", $"There is no account '{MessageText.Beginning(key, 100)}'."));
        }

        var address = ContactCommands.Address(input.Requester.Email!);
        var contact = await ContactOf.On(db)(db, account.Id, address);
        var isNew = contact is null;
        contact ??= ContactCommands.New(account.Id, address, input.Requester.Name);
        contact.Account = account;
        return (contact, isNew);
    }

    /// <summary>A number is called only where the rules allow it, and by one request at a time (trust rule 22).</summary>
    private static async Task<Refusal?> RefuseCallbackAsync(SupportDb db, OpenTicket input, Caller caller) =>
        input is { Channel: Channel.Phone, IncomingCall: null } ? await CallQueries.ObstacleAsync(db, input.PhoneNumber!, null, caller) : null;

    /// <summary>Mail straight to the mailbox is answered to any known contact, whatever the account bought; every other way needs the package.</summary>
    private static Refusal? Refuse(EntitlementDecision entitlement, Account account, Channel channel) => entitlement.Reason switch
    {
        RefusalReason.NotEntitled when channel == Channel.Mailbox => null,
        RefusalReason.MobileApp => new(RefusalKind.Forbidden, "mobile-app", "Premium Support is not offered inside the mobile app. Open the product in a browser to ask."),
        not null => new(RefusalKind.Forbidden, "not-entitled", $"{account.Name} has no Premium Support that covers today."),
        null when channel != Channel.Mailbox && !entitlement.Channels.Contains(channel) =>
            new(RefusalKind.Forbidden, "channel-not-offered", "This way to ask is not part of the account's package."),
        _ => null,
    };

    private static Ticket NewTicket(OpenTicket input, Contact requester, EntitlementDecision entitlement, IReadOnlyList<FileFacts> files, DateTimeOffset now) => new()
    {
        // Of a chat that begins with a file and no words.
        Subject = input.Subject is { Length: > 0 } subject ? subject : MessageText.Beginning(MessageFiles.InWords(files), TicketLimits.Subject),
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
        Plan = requester.Account!.ToFacts().PlanAt(now),
        Hubs = requester.Account.HubsAt(now),
        PhoneNumber = input.PhoneNumber,
        Locale = input.Locale is { Length: <= 35 } ? input.Locale : null,
        CreatedAt = now,
        UpdatedAt = now,
        LastSequence = 1,
        Snippet = MessageText.Snippet(input.Body is { Length: > 0 } body ? body : MessageFiles.InWords(files)),
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
