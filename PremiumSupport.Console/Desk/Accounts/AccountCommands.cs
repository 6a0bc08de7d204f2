using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Accounts;

/// <summary>
/// Writes accounts and what they bought, at the word of an admin. A change decides about requests from then on; what was promised before stands as it was made (rule 10).
/// </summary>
public sealed class AccountCommands(WriteQueue writes, Workspace workspace, ChangeBus bus, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that an account or its people changed; the id is always 0.</summary>
    public const string Topic = "account";

    /// <summary>What the audit log calls them.</summary>
    internal const string Area = "accounts";

    /// <summary>The refusal for whoever is no admin.</summary>
    internal const string ForAdmins = "Only an admin changes accounts.";

    private const string NotThere = "There is no such account any more.";

    /// <summary>Makes an account, or changes the name and zone of the one that has the key already. Its key.</summary>
    /// <param name="isNew">True refuses a key that is taken; false refuses one that is not.</param>
    public async Task<Attempt<string>> SaveAsync(AccountDraft draft, bool isNew, StaffCaller admin, CancellationToken cancellation = default)
    {
        var problem = Forbidden(admin) ?? AccountRules.Key(draft.Key) ?? AccountRules.Name(draft.Name) ?? AccountRules.Zone(draft.Zone);
        if (problem is not null)
        {
            return new(null, problem);
        }

        var (key, name, zone, now) = (AccountRules.Tidy(draft.Key).ToLowerInvariant(), AccountRules.Tidy(draft.Name), ZoneOf(draft.Zone), clock.GetUtcNow());
        return await ChangeAsync<string>(
            async db =>
            {
                var account = await db.Set<Account>().SingleOrDefaultAsync(account => account.Key == key);
                if (isNew == account is not null)
                {
                    return new(null, isNew ? $"There is an account {key} already." : NotThere);
                }

                var before = account is null ? null : new { account.Name, account.Zone };
                if (account is null)
                {
                    account = new() { Id = Guid.CreateVersion7(now), Key = key, Name = name };
                    db.Add(account);
                }

                (account.Name, account.Zone) = (name, zone);
                admin.Note(db, now, before is null ? "added" : "changed", (Area, key, name), before, new { account.Name, account.Zone });
                return key;
            },
            cancellation);
    }

    /// <summary>Adds a purchase of Premium Support, or changes one.</summary>
    public Task<Attempt<string>> SavePurchaseAsync(string accountKey, PurchaseDraft draft, StaffCaller admin, CancellationToken cancellation = default) => EditAsync(
        accountKey,
        admin,
        AccountRules.Words(draft.Plan, "A plan") ?? AccountRules.Span(draft.First, draft.Last),
        (db, account, now) =>
        {
            var row = account.PremiumPurchases.Find(purchase => purchase.Id == draft.Id);
            if (row is null && draft.Id is not null)
            {
                return "This purchase is not there any more.";
            }

            var before = row is null ? null : new { row.Plan, row.From, row.To };
            if (row is null)
            {
                row = new() { Id = Guid.CreateVersion7(now), AccountId = account.Id };
                db.Add(row);
            }

            (row.Plan, (row.From, row.To)) = (AccountRules.Tidy(draft.Plan), Instants(draft.First, draft.Last));
            admin.Note(db, now, before is null ? "added Premium Support to" : "changed Premium Support of", (Area, account.Key, account.Name), before, new { row.Plan, row.From, row.To });
            return null;
        },
        cancellation);

    /// <summary>Adds a subscription of a hub, or changes one.</summary>
    public Task<Attempt<string>> SaveSubscriptionAsync(string accountKey, SubscriptionDraft draft, StaffCaller admin, CancellationToken cancellation = default) => EditAsync(
        accountKey,
        admin,
        AccountRules.Words(draft.Hub, "A hub") ?? AccountRules.Words(draft.Edition, "An edition") ?? AccountRules.Span(draft.First, draft.Last),
        (db, account, now) =>
        {
            var row = account.Subscriptions.Find(subscription => subscription.Id == draft.Id);
            if (row is null && draft.Id is not null)
            {
                return "This subscription is not there any more.";
            }

            var before = row is null ? null : new { row.Hub, row.Edition, row.Qualifies, row.From, row.To };
            if (row is null)
            {
                row = new() { Id = Guid.CreateVersion7(now), AccountId = account.Id, Hub = "", Edition = "" };
                db.Add(row);
            }

            (row.Hub, row.Edition, row.Qualifies, (row.From, row.To)) = (AccountRules.Tidy(draft.Hub), AccountRules.Tidy(draft.Edition), draft.Qualifies, Instants(draft.First, draft.Last));
            admin.Note(db, now, before is null ? "added a subscription to" : "changed a subscription of", (Area, account.Key, account.Name), before, new { row.Hub, row.Edition, row.Qualifies, row.From, row.To });
            return null;
        },
        cancellation);

    /// <summary>Takes a purchase or a subscription away that has not begun: a slip. What has begun is ended by its last day, so that the past stays what it was.</summary>
    public Task<Attempt<string>> RemoveAsync(string accountKey, Guid spanId, StaffCaller admin, CancellationToken cancellation = default) => EditAsync(
        accountKey,
        admin,
        null,
        (db, account, now) =>
        {
            var (purchase, subscription) = (account.PremiumPurchases.Find(row => row.Id == spanId), account.Subscriptions.Find(row => row.Id == spanId));
            if (purchase is null && subscription is null)
            {
                return "It was taken away meanwhile.";
            }

            if ((purchase?.From ?? subscription!.From) <= now)
            {
                return "It has begun. End it by its last day instead, so that the past stays what it was.";
            }

            db.Remove((object?)purchase ?? subscription!);
            admin.Note(
                db, now, purchase is null ? "took a subscription from" : "took Premium Support from", (Area, account.Key, account.Name),
                purchase is null ? new { What = $"{subscription!.Hub} {subscription.Edition}", subscription.From, subscription.To } : new { What = purchase.Plan, purchase.From, purchase.To });
            return null;
        },
        cancellation);

    private async Task<Attempt<string>> EditAsync(string accountKey, StaffCaller admin, string? problem, Func<SupportDb, Account, DateTimeOffset, string?> edit, CancellationToken cancellation)
    {
        if ((Forbidden(admin) ?? problem) is { } refused)
        {
            return new(null, refused);
        }

        var now = clock.GetUtcNow();
        return await ChangeAsync<string>(
            async db =>
            {
                var account = await db.Set<Account>().Include(account => account.Subscriptions).Include(account => account.PremiumPurchases).AsSplitQuery().SingleOrDefaultAsync(account => account.Key == accountKey);
                return (account is null ? NotThere : edit(db, account, now)) is { } obstacle ? new Attempt<string>(null, obstacle) : accountKey;
            },
            cancellation);
    }

    private Task<Attempt<T>> ChangeAsync<T>(Func<SupportDb, Task<Attempt<T>>> change, CancellationToken cancellation) => writes.RunAsync(
        change,
        outcome =>
        {
            if (outcome.IsDone)
            {
                bus.Publish(new(Topic, 0));
            }
        },
        cancellation);

    // Days are those of the office; the last is covered to its end.
    private (DateTimeOffset From, DateTimeOffset To) Instants(DateOnly? first, DateOnly? last) => (workspace.StartOf(first!.Value), workspace.StartOf(last!.Value.AddDays(1)));

    private static string ZoneOf(string? zone) => AccountRules.Tidy(zone) is { Length: > 0 } word ? word : "Etc/UTC";

    internal static string? Forbidden(StaffCaller admin)
    {
        ArgumentNullException.ThrowIfNull(admin);
        return admin.IsAdmin ? null : ForAdmins;
    }
}
