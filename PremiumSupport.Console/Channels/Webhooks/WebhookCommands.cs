using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>An endpoint as somebody typed it.</summary>
public sealed record WebhookDraft(string? Name, string? Url, IReadOnlyCollection<string> Events, bool IsOn = true);

/// <summary>Writes endpoints, and decides about messages by hand; at the word of an admin.</summary>
public sealed class WebhookCommands(WriteQueue writes, WebhookSecrets secrets, WebhookOptions options, ChangeBus bus, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that endpoints or messages changed; the id is always 0.</summary>
    public const string Topic = "webhook";

    private const string Area = "webhooks";
    private const string NotThere = "This endpoint is not there any more.";

    /// <summary>Adds an endpoint. Its secret, which is never to be had again.</summary>
    public async Task<Attempt<string>> AddAsync(WebhookDraft draft, StaffCaller admin, CancellationToken cancellation = default)
    {
        var (url, problem) = Check(draft, admin);
        if (problem is not null)
        {
            return new(null, problem);
        }

        var (now, secret) = (clock.GetUtcNow(), secrets.New());
        return await ChangeAsync<string>(
            async db =>
            {
                if (await db.Set<WebhookEndpoint>().CountAsync() >= WebhookLimits.Endpoints)
                {
                    return new(null, $"There are {WebhookLimits.Endpoints} endpoints already. Remove one first.");
                }

                await WebhookCursor.WakeAsync(db);
                var row = new WebhookEndpoint { Id = Guid.CreateVersion7(now), Name = draft.Name!.Trim(), Url = url!.ToString(), Events = Tidy(draft), Protected = secret.Protected, IsOn = draft.IsOn, CreatedAt = now };
                db.Add(row);
                admin.Note(db, now, "added", (Area, row.Url, row.Name), null, Facts(row));
                return secret.Text;
            },
            cancellation);
    }

    /// <summary>Changes an endpoint. What waits for it goes to the new address.</summary>
    public async Task<Attempt<Guid>> SaveAsync(Guid id, WebhookDraft draft, StaffCaller admin, CancellationToken cancellation = default)
    {
        var (url, problem) = Check(draft, admin);
        return problem is not null ? new(default, problem) : await EditAsync<Guid>(
            id,
            admin,
            async (db, row, now) =>
            {
                if (draft.IsOn && !row.IsOn)
                {
                    await WebhookCursor.WakeAsync(db);
                }

                var before = Facts(row);
                (row.Name, row.Url, row.Events, row.IsOn) = (draft.Name!.Trim(), url!.ToString(), Tidy(draft), draft.IsOn);
                admin.Note(db, now, "changed", (Area, row.Url, row.Name), before, Facts(row));
                return id;
            },
            cancellation);
    }

    /// <summary>Makes a new secret; the one before signs as well for <see cref="WebhookRules.Overlap"/>, so that the receiver can change without a gap.</summary>
    public Task<Attempt<string>> RotateAsync(Guid id, StaffCaller admin, CancellationToken cancellation = default)
    {
        var secret = secrets.New();
        return EditAsync<string>(
            id,
            admin,
            (db, row, now) =>
            {
                (row.PreviousProtected, row.PreviousEndsAt, row.Protected) = (row.Protected, now + WebhookRules.Overlap, secret.Protected);
                admin.Note(db, now, "replaced what signs for", (Area, row.Url, row.Name));
                return Task.FromResult<Attempt<string>>(secret.Text);
            },
            cancellation);
    }

    /// <summary>Takes an endpoint away with all that waits for it.</summary>
    public Task<Attempt<Guid>> RemoveAsync(Guid id, StaffCaller admin, CancellationToken cancellation = default) => EditAsync<Guid>(
        id,
        admin,
        (db, row, now) =>
        {
            admin.Note(db, now, "removed", (Area, row.Url, row.Name), Facts(row));
            db.Remove(row);
            return Task.FromResult<Attempt<Guid>>(id);
        },
        cancellation);

    /// <summary>Sends a message that says nothing, to try the way. The message's id.</summary>
    public Task<Attempt<Guid>> TestAsync(Guid id, StaffCaller admin, CancellationToken cancellation = default) => EditAsync<Guid>(
        id,
        admin,
        (db, row, now) =>
        {
            var test = new WebhookDelivery { Id = Guid.CreateVersion7(now), EndpointId = id, Event = WebhookEvents.Test, Body = new WebhookMessage(WebhookEvents.Test, now, new(null)).ToJson(), CreatedAt = now, DueAt = now };
            db.Add(test);
            admin.Note(db, now, "sent a test to", (Area, row.Url, row.Name));
            return Task.FromResult<Attempt<Guid>>(test.Id);
        },
        cancellation);

    /// <summary>Tries a message again from now on, as if it never had been. False when it waits already.</summary>
    public Task<bool> SendAgainAsync(Guid deliveryId, StaffCaller admin, CancellationToken cancellation = default) =>
        DecideAsync(deliveryId, row => row.State != DeliveryState.Waiting || row is { Tries: > 0, Lease: null }, (row, now) => (row.State, row.Tries, row.DueAt, row.Lease) = (DeliveryState.Waiting, 0, now, null), "sent again", admin, cancellation);

    /// <summary>Gives a message up. False when it came to an end already, or is on its way.</summary>
    public Task<bool> DiscardAsync(Guid deliveryId, StaffCaller admin, CancellationToken cancellation = default) =>
        DecideAsync(deliveryId, row => row.State == DeliveryState.Dead || row is { State: DeliveryState.Waiting, Lease: null }, (row, _) => row.State = DeliveryState.Discarded, "gave up", admin, cancellation);

    private async Task<bool> DecideAsync(Guid deliveryId, Func<WebhookDelivery, bool> may, Action<WebhookDelivery, DateTimeOffset> change, string deed, StaffCaller admin, CancellationToken cancellation)
    {
        if (Forbidden(admin) is not null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        return (await ChangeAsync<bool>(
            async db =>
            {
                if (await db.Set<WebhookDelivery>().SingleOrDefaultAsync(row => row.Id == deliveryId) is not { } row || !may(row))
                {
                    return new(false, "It had changed meanwhile.");
                }

                change(row, now);
                admin.Note(db, now, deed, (Area, row.Event, row.TicketNumber?.ToString(CultureInfo.InvariantCulture) ?? ""));
                return true;
            },
            cancellation)).Value;
    }

    private async Task<Attempt<T>> EditAsync<T>(Guid id, StaffCaller admin, Func<SupportDb, WebhookEndpoint, DateTimeOffset, Task<Attempt<T>>> edit, CancellationToken cancellation)
    {
        if (Forbidden(admin) is { } forbidden)
        {
            return new(default, forbidden);
        }

        var now = clock.GetUtcNow();
        return await ChangeAsync(async db => await db.Set<WebhookEndpoint>().SingleOrDefaultAsync(row => row.Id == id) is { } row ? await edit(db, row, now) : new(default, NotThere), cancellation);
    }

    private Task<Attempt<T>> ChangeAsync<T>(Func<SupportDb, Task<Attempt<T>>> change, CancellationToken cancellation) => writes.RunAsync(change, _ => bus.Publish(new(Topic, 0)), cancellation);

    private (Uri? Url, string? Problem) Check(WebhookDraft draft, StaffCaller admin) =>
        Forbidden(admin) is { } forbidden ? (null, forbidden)
        : draft.Name?.Trim().Length is not (> 0 and <= WebhookLimits.Name) ? (null, $"Give it a name of 1 to {WebhookLimits.Name} characters.")
        : Tidy(draft).Count == 0 ? (null, "Choose at least one event.")
        : WebhookRules.Address(draft.Url, options.AllowPrivateAddress);

    private static List<string> Tidy(WebhookDraft draft) => [.. WebhookEvents.All.Select(known => known.Name).Where(draft.Events.Contains)];

    private static object Facts(WebhookEndpoint row) => new { row.Name, row.Url, row.Events, row.IsOn };

    private static string? Forbidden(StaffCaller admin)
    {
        ArgumentNullException.ThrowIfNull(admin);
        return admin.IsAdmin ? null : "Only an admin connects programs.";
    }
}
