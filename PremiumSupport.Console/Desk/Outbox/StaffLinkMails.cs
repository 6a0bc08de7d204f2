using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Outbox;

/// <summary>A link that goes out with a mail.</summary>
/// <param name="Address">Where its reader chooses a password.</param>
/// <param name="IsNew">Whether it is their first one: they are invited.</param>
public sealed record StaffLinkToSend(Uri Address, bool IsNew);

/// <summary>
/// The mails by which staff get a link to choose a password. Their rows name the person and hold no link: it is made when the mail goes, so that nothing but its hash is ever stored
/// (trust rule 19), and anew at each try, because a link that was made once is known to nobody any more.
/// </summary>
public sealed class StaffLinkMails(WriteQueue writes, MailOutbox outbox, PublicUrl publicUrl, ChangeBus changes, TimeProvider clock)
{
    private const string Person = "person";

    /// <summary>Why no link can be mailed, as a sentence for an admin; null when it can. A link in a mail begins with the configured address alone (trust rule 19).</summary>
    public string? Obstacle =>
        !outbox.IsOn ? "No mail is sent by this desk, so an invitation is a link that you hand over."
        : publicUrl.Configured is null ? "Mails are sent, but no link can stand in them until PublicUrl (environment variable PublicUrl) says where people reach this desk. Until then an invitation is a link that you hand over."
        : null;

    /// <summary>The person whom a mail of this kind is about; null for any other mail.</summary>
    public static Guid? PersonOf(OutgoingMail mail) =>
        mail.Kind == MailKind.StaffLink && Guid.TryParseExact(mail.Values?.All.GetValueOrDefault(Person), "N", out var id) ? id : null;

    /// <summary>Writes the mail, in the transaction of whatever it is sent for; one that still waits for the same person is taken back.</summary>
    internal async Task AddAsync(SupportDb db, StaffUser user, string language, DateTimeOffset now)
    {
        await WithdrawAsync(db, user.Id);
        outbox.Add(db, ObligationClock.Whole(now), new()
        {
            Kind = MailKind.StaffLink,
            To = user.Email!,
            ToName = user.DisplayName,
            Language = language,
            Zone = "",
            Values = new(new Dictionary<string, string> { [Person] = user.Id.ToString("N", CultureInfo.InvariantCulture) }),
        });
    }

    /// <summary>Takes back what waits to be sent to a person, or could not be: they get their link another way. A mail on its way finds that out before its link is made.</summary>
    internal static async Task WithdrawAsync(SupportDb db, Guid staffId)
    {
        foreach (var mail in await db.Set<OutgoingMail>().Where(mail => mail.Kind == MailKind.StaffLink && (mail.State == MailState.Waiting || mail.State == MailState.Dead)).ToListAsync())
        {
            if (PersonOf(mail) == staffId)
            {
                (mail.State, mail.Lease) = (MailState.Withdrawn, null);
            }
        }
    }

    /// <summary>
    /// Notes that a mail of this kind came back, with what their mail system said; any other mail is left alone. What came back holds the link, and lies here for staff to look at: so no link of
    /// it works any more. One that was copied since then does.
    /// </summary>
    public Task NoteBouncedAsync(Guid id, string reason, CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            if (await db.Set<OutgoingMail>().SingleOrDefaultAsync(row => row.Id == id && row.Kind == MailKind.StaffLink && row.State == MailState.Sent) is not { } mail)
            {
                return false;
            }

            (mail.State, mail.LastAnswer) = (MailState.Dead, reason.Length > MailLimits.Answer ? reason[..MailLimits.Answer] : reason);
            var (person, made) = (PersonOf(mail), mail.SentAt + StaffLink.Lifetime);
            await db.Set<StaffLink>().Where(link => link.Kind == StaffLinkKind.Password && link.StaffId == person && link.ExpiresAt <= made).ExecuteDeleteAsync();
            return true;
        },
        isNoted =>
        {
            if (isNoted)
            {
                changes.Publish(new(OutboxCommands.Topic, 0));
                changes.Publish(new(StaffDirectory.Topic, 0));
            }
        },
        cancellation);

    /// <summary>
    /// Makes the link of a mail that was taken and is about to go; null when nobody needs it any more: it was taken back, or its person has come, is gone or is shut out. At a second try the link
    /// of the first one goes on working, because the first mail may have arrived all the same.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no address that it could begin with; said as a sentence for an admin.</exception>
    public Task<StaffLinkToSend?> MakeAsync(OutgoingMail mail, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return publicUrl.Configured is null
            ? throw new InvalidOperationException("PublicUrl (environment variable PublicUrl) does not say where people reach this desk.")
            : writes.RunAsync(
                async db =>
                {
                    var (now, lease, person) = (clock.GetUtcNow(), mail.Lease, PersonOf(mail));
                    if (!await db.Set<OutgoingMail>().AnyAsync(row => row.Id == mail.Id && row.State == MailState.Waiting && row.Lease == lease)
                        || await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == person) is not { } user
                        || user.LockoutEnd == StaffCard.DisabledUntil || user.Email != mail.To)
                    {
                        return null;
                    }

                    var token = await StaffLinks.AddAsync(db, StaffLinkKind.Password, user.Id, now, keepsEarlier: mail.Tries > 1);
                    return new StaffLinkToSend(StaffLinks.AddressOf(publicUrl, token), user.PasswordHash is null);
                },
                _ => changes.Publish(new(StaffDirectory.Topic, 0)),
                cancellation);
    }
}
