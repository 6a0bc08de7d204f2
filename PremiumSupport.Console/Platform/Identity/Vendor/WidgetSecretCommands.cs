using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity.Vendor;

/// <summary>A secret that was just made. <paramref name="Text"/> is never shown again.</summary>
public sealed record NewWidgetSecret(string KeyId, string Text)
{
    /// <inheritdoc />
    public override string ToString() => KeyId;
}

/// <summary>Adds and retires the secrets for identity tokens, and notes their use. To rotate: add the second, give it to every server that signs, retire the first.</summary>
public sealed class WidgetSecretCommands(WriteQueue writes, WidgetSecrets secrets, ChangeBus bus, TimeProvider clock)
{
    private const string ForAdmins = "Only an admin may change the secrets.";
    private const string Area = "widget secrets";

    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string KeyId, bool IsRefusal), DateTimeOffset> _noted = new();

    /// <summary>Makes a second secret of 256 random bits beside the active one.</summary>
    public async Task<Attempt<NewWidgetSecret>> AddAsync(StaffCaller admin, CancellationToken cancellation = default)
    {
        if (!admin.IsAdmin)
        {
            return new(null, ForAdmins);
        }

        var text = Secret.New("wsk_");
        var row = new WidgetSecret
        {
            Id = Guid.CreateVersion7(),
            KeyId = SigningSecret.KeyIdOf(text),
            Protected = secrets.Protect(text),
            Origin = SecretOrigin.Added,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = admin.Name,
        };
        return await writes.RunAsync<Attempt<NewWidgetSecret>>(
            async db =>
            {
                if (await db.Set<WidgetSecret>().CountAsync(secret => secret.RetiredAt == null) >= WidgetSecret.MostActive)
                {
                    return new(null, "Two secrets are active already. Retire one of them first.");
                }

                db.Add(row);
                admin.Note(db, row.CreatedAt, "added", (Area, row.KeyId, ""));
                return new NewWidgetSecret(row.KeyId, text);
            },
            done => Tell(done.IsDone, endedSessions: false),
            cancellation);
    }

    /// <summary>Retires a secret: from the commit on, no token that it signed begins a session.</summary>
    /// <param name="endSessions">Whether the sessions that such tokens began end as well, at once and on every node: what to do when the secret has leaked.</param>
    /// <returns>How many sessions ended.</returns>
    public async Task<Attempt<int>> RetireAsync(string keyId, bool endSessions, StaffCaller admin, CancellationToken cancellation = default)
    {
        if (!admin.IsAdmin)
        {
            return new(0, ForAdmins);
        }

        var now = clock.GetUtcNow();
        return await writes.RunAsync<Attempt<int>>(
            async db =>
            {
                var active = await db.Set<WidgetSecret>().Where(secret => secret.RetiredAt == null).ToListAsync();
                if (active.SingleOrDefault(secret => secret.KeyId == keyId) is not { } row)
                {
                    return new(0, "This secret is not active any more.");
                }

                if (active.Count == 1)
                {
                    return new(0, "It is the only active secret: without one nobody could be identified. Add a second one first.");
                }

                (row.RetiredAt, row.RetiredBy) = (now, admin.Name);
                row.EndedSessions = endSessions ? await db.Set<CustomerSession>().Where(session => session.KeyId == keyId).ExecuteDeleteAsync() : null;
                admin.Note(db, now, "retired", (Area, keyId, ""), null, endSessions ? new { row.EndedSessions } : null);
                return row.EndedSessions ?? 0;
            },
            done => Tell(done.IsDone, endSessions),
            cancellation);
    }

    /// <summary>Notes that a token began a session, or was refused because its secret is retired; to the minute, because a row written per token would keep the disk busier than the tokens do.</summary>
    public async Task NoteAsync(string keyId, bool isRefusal, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var last = _noted.GetValueOrDefault((keyId, isRefusal), DateTimeOffset.MinValue);
        if (now - last < Precision || !(_noted.TryAdd((keyId, isRefusal), now) || _noted.TryUpdate((keyId, isRefusal), now, last)))
        {
            return;
        }

        await writes.RunAsync(
            db => db.Set<WidgetSecret>().Where(secret => secret.KeyId == keyId).ExecuteUpdateAsync(set => _ = isRefusal
                ? set.SetProperty(secret => secret.RefusedAt, now)
                : set.SetProperty(secret => secret.LastUsedAt, now)),
            _ => Tell(true, endedSessions: false),
            cancellation);
    }

    private void Tell(bool isDone, bool endedSessions)
    {
        if (!isDone)
        {
            return;
        }

        bus.Publish(new(WidgetSecrets.Topic, 0));
        if (endedSessions)
        {
            bus.Publish(new(CustomerSessions.Topic, CustomerSessions.Any));
        }
    }
}
