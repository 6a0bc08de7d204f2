using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Outbox;

/// <summary>What is done with mails once they are written: taken, noted, and decided about by hand.</summary>
public sealed class OutboxCommands(WriteQueue writes, MailSigner signer, ChangeBus changes, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that there are mails, or that one came to an end; the id is always 0.</summary>
    public const string Topic = "outbox";

    /// <summary>How long whoever takes a mail has it for themselves.</summary>
    public static readonly TimeSpan LeaseFor = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Takes mails that are due. Nobody else gets them while the lease lasts; a node that dies gives them back at its end. Each has a Message-ID that stays the same,
    /// so that a mail which went twice all the same is one to whoever gets it.
    /// </summary>
    public Task<IReadOnlyList<OutgoingMail>> TakeAsync(int most, CancellationToken cancellation = default) => writes.RunAsync<IReadOnlyList<OutgoingMail>>(
        async db =>
        {
            var now = Now();
            var mails = await db.Set<OutgoingMail>().Where(mail => mail.State == MailState.Waiting && mail.DueAt <= now).OrderBy(mail => mail.DueAt).Take(most).ToListAsync();
            var lease = Guid.NewGuid();
            foreach (var mail in mails)
            {
                (mail.Lease, mail.DueAt, mail.LastTriedAt) = (lease, now + LeaseFor, now);
                mail.Tries++;
                mail.MessageId ??= signer.MessageId(mail.Id, mail.TicketNumber ?? 0);
            }

            return mails;
        },
        null,
        cancellation);

    /// <summary>The server took it. Said of a mail whose lease has run out it is true all the same.</summary>
    public Task NoteSentAsync(OutgoingMail mail, CancellationToken cancellation = default) => EndAsync(mail.Id, MailState.Sent, null, cancellation);

    /// <summary>Nobody needs it any more.</summary>
    /// <param name="mail">A mail that was taken.</param>
    /// <param name="why">The reason, in words.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task NoteNeedlessAsync(OutgoingMail mail, string why, CancellationToken cancellation = default) => EndAsync(mail.Id, MailState.Withdrawn, why, cancellation);

    /// <summary>It did not go: tried again later, or dead. Says nothing when somebody else has the mail by now.</summary>
    public Task NoteFailedAsync(OutgoingMail mail, SendFailure failure, CancellationToken cancellation = default)
    {
        var chance = Random.Shared.NextDouble();
        return writes.RunAsync(
            async db =>
            {
                var now = Now();
                if (await db.Set<OutgoingMail>().SingleOrDefaultAsync(row => row.Id == mail.Id && row.State == MailState.Waiting && row.Lease == mail.Lease) is not { } row)
                {
                    return false;
                }

                row.Lease = null;
                row.LastAnswer = Short(failure.Answer);
                var next = DeliveryRules.NextTry(row.Tries, failure, now, chance);
                (row.State, row.DueAt) = next is { } at ? (MailState.Waiting, at) : (MailState.Dead, row.DueAt);
                return true;
            },
            Tell,
            cancellation);
    }

    /// <summary>Gives back what was taken and not tried.</summary>
    public Task GiveBackAsync(OutgoingMail mail, CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            if (await db.Set<OutgoingMail>().SingleOrDefaultAsync(row => row.Id == mail.Id && row.State == MailState.Waiting && row.Lease == mail.Lease) is { } row)
            {
                (row.Lease, row.DueAt) = (null, Now());
                row.Tries--;
            }

            return true;
        },
        null,
        cancellation);

    /// <summary>Gives back what a process took that is no more. Only for a database that no other node uses: with several, a lease has to run out.</summary>
    public Task ReclaimAsync(CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            var now = Now();
            return await db.Set<OutgoingMail>().Where(row => row.State == MailState.Waiting && row.Lease != null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Lease, (Guid?)null).SetProperty(row => row.DueAt, now));
        },
        null,
        cancellation);

    /// <summary>Takes a mail back that has not been tried yet: within the undo window. False when it is too late.</summary>
    public Task<bool> WithdrawAsync(Guid id, StaffCaller caller, CancellationToken cancellation = default) =>
        ChangeAsync(id, row => row is { State: MailState.Waiting, Tries: 0 }, row => row.State = MailState.Withdrawn, "withdrew", caller, cancellation);

    /// <summary>Gives a dead or waiting mail up. False when it has gone, or is on its way.</summary>
    public Task<bool> DiscardAsync(Guid id, StaffCaller caller, CancellationToken cancellation = default) =>
        ChangeAsync(id, row => row.State == MailState.Dead || row is { State: MailState.Waiting, Lease: null }, row => row.State = MailState.Discarded, "gave up", caller, cancellation);

    /// <summary>Tries a dead mail again from now on, as if it never had been. False when it is not dead.</summary>
    public Task<bool> SendAgainAsync(Guid id, StaffCaller caller, CancellationToken cancellation = default) =>
        ChangeAsync(id, row => row.State == MailState.Dead || row is { State: MailState.Waiting, Lease: null, Tries: > 0 }, row => (row.State, row.Tries, row.DueAt, row.Lease) = (MailState.Waiting, 0, Now(), null), "sent again", caller, cancellation);

    private Task<bool> EndAsync(Guid id, MailState state, string? why, CancellationToken cancellation) => writes.RunAsync(
        async db =>
        {
            if (await db.Set<OutgoingMail>().SingleOrDefaultAsync(row => row.Id == id) is not { } row)
            {
                return false;
            }

            (row.State, row.Lease, row.LastAnswer) = (state, null, why is null ? null : Short(why));
            row.SentAt = state == MailState.Sent ? Now() : null;
            return true;
        },
        Tell,
        cancellation);

    private Task<bool> ChangeAsync(Guid id, Func<OutgoingMail, bool> may, Action<OutgoingMail> change, string deed, StaffCaller caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return writes.RunAsync(
            async db =>
            {
                if (await db.Set<OutgoingMail>().SingleOrDefaultAsync(row => row.Id == id) is not { } row || !may(row))
                {
                    return false;
                }

                caller.Note(db, Now(), deed, ("mail", row.To, row.Kind.ToString()), null, new { row.TicketNumber });
                change(row);
                row.ChangedBy = caller.Name;
                return true;
            },
            Tell,
            cancellation);
    }

    private void Tell(bool isChanged)
    {
        if (isChanged)
        {
            changes.Publish(new(Topic, 0));
        }
    }

    private static string Short(string answer) => answer.Length > MailLimits.Answer ? answer[..(MailLimits.Answer - 1)] + "…" : answer;

    private DateTimeOffset Now() => Sla.ObligationClock.Whole(clock.GetUtcNow());
}
