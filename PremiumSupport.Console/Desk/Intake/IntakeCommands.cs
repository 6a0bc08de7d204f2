using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Tickets.Mail;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Intake;

/// <summary>Keeps mails, hands them out to be looked into, and notes what became of them.</summary>
public sealed class IntakeCommands(WriteQueue writes, IDbContextFactory<SupportDb> factory, MailOutbox outbox, TicketMails mails, ChangeBus changes, TimeProvider clock)
{
    /// <summary>The topic under which the change bus speaks of mails that came in; the id is the mail's, or 0 for several.</summary>
    public const string Topic = "intake";

    /// <summary>So many times may looking into a mail end with the product; then it is quarantined unread (freescout#4293: one mail stopped a mailbox for two days).</summary>
    public const int MostAttempts = 5;

    /// <summary>How far a mailbox was read; zeros before its first mail.</summary>
    public async Task<(long UidValidity, long Uid)> CursorAsync(string mailbox, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<MailCursor>().AsNoTracking().SingleOrDefaultAsync(cursor => cursor.Mailbox == mailbox, cancellation) is { } cursor ? (cursor.UidValidity, cursor.Uid) : (0, 0);
    }

    /// <summary>
    /// Keeps what was fetched and moves the cursor, in one transaction (trust rule 12). A mail that is here already, under another number or delivered twice, is counted and not kept again.
    /// </summary>
    /// <returns>How many are new.</returns>
    public Task<int> KeepAsync(string mailbox, long uidValidity, IReadOnlyList<FetchedMail> mails, CancellationToken cancellation = default)
    {
        var fetched = mails.Select(mail => (Mail: mail, Fingerprint: MailFingerprint.Of(mail.Bytes))).ToList();
        return writes.RunAsync(
            async db =>
            {
                var (now, kept) = (Now(), 0);
                foreach (var (mail, fingerprint) in fetched)
                {
                    var known = await db.Set<InboundMail>().SingleOrDefaultAsync(row => row.Mailbox == mailbox && row.Fingerprint == fingerprint);
                    if (known is not null)
                    {
                        // Read again under its own number, by two nodes say, it is no copy.
                        known.Copies += known.UidValidity == uidValidity && known.Uid == mail.Uid ? 0 : 1;
                        continue;
                    }

                    var row = new InboundMail
                    {
                        Mailbox = mailbox, UidValidity = uidValidity, Uid = mail.Uid, Fingerprint = fingerprint, ArrivedAt = ObligationClock.Whole(mail.ArrivedAt.ToUniversalTime()), KeptAt = now, Size = mail.Size, State = IntakeState.Received, DueAt = now,
                    };
                    db.Add(row);
                    await db.SaveChangesAsync();
                    db.Add(new InboundBytes { MailId = row.Id, Bytes = mail.Bytes });
                    kept++;
                }

                var last = fetched.Max(pair => pair.Mail.Uid);
                if (await db.Set<MailCursor>().FindAsync(mailbox) is not { } cursor)
                {
                    db.Add(new MailCursor { Mailbox = mailbox, UidValidity = uidValidity, Uid = last });
                }
                else
                {
                    // Numbers that were given anew begin at the first again; those of one numbering only go forward.
                    cursor.Uid = cursor.UidValidity == uidValidity ? Math.Max(cursor.Uid, last) : last;
                    cursor.UidValidity = uidValidity;
                }

                return kept;
            },
            kept =>
            {
                if (kept > 0)
                {
                    changes.Publish(new(Topic, 0));
                }
            },
            cancellation);
    }

    /// <summary>The oldest mail that waits to be looked into, noted as begun; null when none does. One that was begun too often is given out as poison, to be quarantined unread.</summary>
    public Task<WaitingMail?> NextAsync(CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            var now = Now();
            if (await db.Set<InboundMail>().Where(mail => mail.State == IntakeState.Received && mail.DueAt <= now).OrderBy(mail => mail.Id).FirstOrDefaultAsync() is not { } mail)
            {
                return null;
            }

            mail.Attempts++;
            var isPoison = mail.Attempts > MostAttempts;
            var bytes = isPoison ? [] : await db.Set<InboundBytes>().AsNoTracking().Where(bytes => bytes.MailId == mail.Id).Select(bytes => bytes.Bytes).SingleAsync();
            return new WaitingMail(mail.Id, mail.Mailbox, mail.Fingerprint, mail.Size, bytes, mail.ArrivedAt, mail.KeptAt, mail.AcceptedAs, isPoison);
        },
        cancellation: cancellation);

    /// <summary>Puts a mail off that could not be worked on for want of something else, a full disk say; that is not the mail's fault and counts as no attempt.</summary>
    public Task PutOffAsync(long id, TimeSpan rest, CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            if (await db.Set<InboundMail>().SingleOrDefaultAsync(mail => mail.Id == id && mail.State == IntakeState.Received) is { } mail)
            {
                (mail.Attempts, mail.DueAt) = (mail.Attempts - 1, Now() + rest);
            }

            return true;
        },
        cancellation: cancellation);

    /// <summary>Notes what became of a mail, once: false when somebody has noted it before.</summary>
    public Task<bool> FinishAsync(long id, IntakeResult result, CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            if (await db.Set<InboundMail>().SingleOrDefaultAsync(mail => mail.Id == id && mail.State == IntakeState.Received) is not { } mail)
            {
                return false;
            }

            var now = Now();
            (mail.State, mail.Reason, mail.DecidedAt) = (result.State, Cut(result.Reason, IntakeLimits.Reason), now);
            (mail.FromAddress, mail.FromName, mail.Subject) = (Cut(result.FromAddress, IntakeLimits.Address), Cut(result.FromName, IntakeLimits.Name), Cut(result.Subject, IntakeLimits.Subject));
            (mail.MessageId, mail.Proof) = (result.MessageId, Cut(result.Proof, IntakeLimits.Name));
            (mail.TicketNumber, mail.Sequence) = (result.TicketNumber, result.Sequence);
            if (result.View is { } view)
            {
                view.MailId = id;
                await db.Set<InboundView>().Where(before => before.MailId == id).ExecuteDeleteAsync();
                db.Add(view);
            }

            if (result is { State: IntakeState.Done, TicketNumber: { } number, Sequence: not null })
            {
                await MailOutbox.RememberAsync(db, number, result.MessageId, now);
            }

            await AnswerAsync(db, mail, result, now);
            return true;
        },
        done =>
        {
            Tell(done, id);
            if (done && result.Answer != AutoAnswerKind.None)
            {
                changes.Publish(new(OutboxCommands.Topic, 0));
            }
        },
        cancellation);

    /// <summary>Looks into a mail again that could not be read, with today's product. False when it no longer waits for that.</summary>
    public Task<bool> TryAgainAsync(long id, StaffCaller caller, CancellationToken cancellation = default) => DecideAsync(id, caller, IntakeState.Received, null, cancellation);

    /// <summary>Puts a mail away that nobody is to answer. It stays where it is kept. False when it was decided before.</summary>
    public Task<bool> DiscardAsync(long id, StaffCaller caller, CancellationToken cancellation = default) => DecideAsync(id, caller, IntakeState.Discarded, null, cancellation);

    /// <summary>Takes a mail as one of a contact's own, whatever it could prove. False when it was decided before.</summary>
    public Task<bool> AcceptAsync(long id, Guid contactId, StaffCaller caller, CancellationToken cancellation = default) => DecideAsync(id, caller, IntakeState.Received, contactId, cancellation);

    // In the transaction that notes the mail: whatever runs twice finds it noted, so nobody is written to twice.
    private async Task AnswerAsync(SupportDb db, InboundMail mail, IntakeResult result, DateTimeOffset now)
    {
        if (result.Answer == AutoAnswerKind.None || !outbox.IsOn || mail.FromAddress.Length == 0)
        {
            return;
        }

        var since = now - AutoAnswerRules.Window;
        var last = await db.Set<AutoAnswer>().Where(answer => answer.Address == mail.FromAddress).MaxAsync(answer => (DateTimeOffset?)answer.At);
        if (!AutoAnswerRules.May(last, await db.Set<AutoAnswer>().CountAsync(answer => answer.Mailbox == mail.Mailbox && answer.At > since), now))
        {
            return;
        }

        if (result is { Answer: AutoAnswerKind.Receipt, TicketNumber: { } number })
        {
            await mails.ReceiptAsync(db, number, now);
        }
        else
        {
            outbox.Add(db, new AutomaticMail(MailKind.UnknownSender, mail.FromAddress) { InReplyTo = mail.MessageId }, now);
        }

        // What is older than the rule looks back says nothing any more.
        var old = now - (2 * AutoAnswerRules.Rest);
        await db.Set<AutoAnswer>().Where(answer => answer.At < old).ExecuteDeleteAsync();
        db.Add(new AutoAnswer { Mailbox = mail.Mailbox, Address = mail.FromAddress, At = now });
    }

    private Task<bool> DecideAsync(long id, StaffCaller caller, IntakeState to, Guid? contactId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return writes.RunAsync(
            async db =>
            {
                if (await db.Set<InboundMail>().SingleOrDefaultAsync(mail => mail.Id == id && (mail.State == IntakeState.Quarantined || mail.State == IntakeState.Unverified || mail.State == IntakeState.Pending)) is not { } mail)
                {
                    return false;
                }

                var now = Now();
                caller.Note(db, now, "decided about", ("mail intake", id.ToString(CultureInfo.InvariantCulture), mail.FromAddress), new { mail.State }, new { State = to });
                (mail.State, mail.DueAt, mail.Attempts, mail.AcceptedAs, mail.DecidedAt, mail.DecidedBy) = (to, now, 0, contactId, now, caller.Name);
                return true;
            },
            done => Tell(done, id),
            cancellation);
    }

    private void Tell(bool isChanged, long id)
    {
        if (isChanged)
        {
            changes.Publish(new(Topic, id));
        }
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1)] + "…";

    private DateTimeOffset Now() => ObligationClock.Whole(clock.GetUtcNow());
}
