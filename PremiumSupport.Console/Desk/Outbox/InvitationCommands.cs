using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Outbox;

/// <summary>How staff get the link by which they choose a password: by mail, or copied by an admin who hands it over. Each takes the place of the other.</summary>
public sealed class InvitationCommands(StaffCommands staff, StaffLinkMails mails, ChangeBus changes)
{
    /// <summary>Adds a staff member and mails them their link, in one of <see cref="MailLanguages"/>. The address that it goes to.</summary>
    public async Task<Attempt<string>> InviteAsync(string name, string email, string role, string language, StaffCaller admin, CancellationToken cancellation = default) => mails.Obstacle is { } obstacle
        ? new(null, obstacle)
        : Told(await staff.InviteAsync(name, email, role, admin, AddMail(language), cancellation));

    /// <summary>Mails a person who is here already a link to choose a password, in place of earlier ones; in one of <see cref="MailLanguages"/>. The address that it goes to.</summary>
    public async Task<Attempt<string>> MailLinkAsync(Guid staffId, string language, StaffCaller admin, CancellationToken cancellation = default) => mails.Obstacle is { } obstacle
        ? new(null, obstacle)
        : Told(await staff.ResetPasswordAsync(staffId, admin, AddMail(language), cancellation));

    /// <summary>Makes a link to hand over, once: a mail to the same person that still waits is taken back, and earlier links stop working.</summary>
    public Task<Attempt<Uri>> CopyLinkAsync(Guid staffId, StaffCaller admin, CancellationToken cancellation = default) =>
        staff.ResetPasswordAsync(staffId, admin, StaffLinkMails.WithdrawAsync, cancellation);

    private Func<SupportDb, StaffUser, DateTimeOffset, Task<string>> AddMail(string language) => async (db, user, now) =>
    {
        await mails.AddAsync(db, user, MailLanguages.Known(language), now);
        return user.Email!;
    };

    private Attempt<string> Told(Attempt<string> attempt)
    {
        if (attempt.IsDone)
        {
            changes.Publish(new(OutboxCommands.Topic, 0));
        }

        return attempt;
    }
}
