using MimeKit;

namespace PremiumSupport.Platform.Mail;

/// <summary>The mail of this deployment (<c>Email:*</c>). Without an SMTP server nothing is sent, and nothing waits to be.</summary>
public sealed record EmailOptions
{
    /// <summary>What mails come from; null when nothing is sent.</summary>
    public MailboxAddress? From { get; init; }

    /// <summary>The mailbox that answers reach, as <c>box@domain</c>; each mail gets an address of its own in it, <c>box+…@domain</c>. See <see cref="MailSigner"/>.</summary>
    public MailboxAddress? ReplyBox { get; init; }

    /// <summary>Null when nothing is sent.</summary>
    public MailServerOptions? Smtp { get; init; }

    /// <summary>Null when no mailbox is read.</summary>
    public MailServerOptions? Imap { get; init; }

    /// <summary>How long a person's answer waits, so that it can be withdrawn; zero to ten minutes.</summary>
    public TimeSpan UndoWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long staff may take to acknowledge a warning or breach in the console before a mail tells them as well; null for never.</summary>
    public TimeSpan? NotifyStaffAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Files of an answer go along up to so many bytes together; beyond, the mail links to them.</summary>
    public long LargestAttachments { get; init; } = 10 * 1024 * 1024;

    /// <summary>How long the bytes of a mail that came in are kept after it was dealt with, while no open ticket has it; null for ever.</summary>
    public TimeSpan? KeepOriginals { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long a mail that was sent or withdrawn stays in the outbox, likewise.</summary>
    public TimeSpan? KeepSent { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Whether team leads get a report of the week on Mondays.</summary>
    public bool WeeklyReport { get; init; } = true;

    /// <summary>Whether mails are sent.</summary>
    public bool Sends => Smtp is not null;

    /// <exception cref="InvalidOperationException">Something cannot be; the message names the key.</exception>
    internal static EmailOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Email");
        var smtp = MailServerOptions.Read(section.GetSection("Smtp"), MailServerOptions.Smtp);
        var from = Address(section, "From");
        if (smtp is not null && from is null)
        {
            throw new InvalidOperationException("Email:From (environment variable Email__From) is missing beside Email:Smtp:Host. Write for example Support <support@example.com>.");
        }

        var options = new EmailOptions
        {
            From = from,
            ReplyBox = Address(section, "ReplyAddress") ?? (from is null ? null : new MailboxAddress("", $"reply@{from.Domain}")),
            Smtp = smtp,
            Imap = MailServerOptions.Read(section.GetSection("Imap"), MailServerOptions.Imap),
        };
        return options with
        {
            UndoWindow = Span(section, "UndoWindow", TimeSpan.Zero, TimeSpan.FromMinutes(10)) ?? options.UndoWindow,
            NotifyStaffAfter = section["NotifyStaffAfter"]?.Trim().ToLowerInvariant() == "never" ? null : Span(section, "NotifyStaffAfter", TimeSpan.Zero, TimeSpan.FromDays(1)) ?? options.NotifyStaffAfter,
            WeeklyReport = section["WeeklyReport"]?.Trim().ToLowerInvariant() switch
            {
                null or "" => options.WeeklyReport,
                "monday" => true,
                "never" => false,
                var text => throw new InvalidOperationException($"Email:WeeklyReport (environment variable Email__WeeklyReport) is '{text}'. Write monday or never."),
            },
            KeepOriginals = Keep(section, "KeepOriginals", options.KeepOriginals),
            KeepSent = Keep(section, "KeepSent", options.KeepSent),
            LargestAttachments = section.GetValue<long?>("LargestAttachments") ?? options.LargestAttachments,
        };
    }

    private static MailboxAddress? Address(IConfigurationSection section, string key)
    {
        if (section[key]?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        return MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0 && !address.Address.Any(char.IsControl)
            ? address
            : throw new InvalidOperationException($"Email:{key} (environment variable Email__{key}) is '{text}', which is not an address. Write for example Support <support@example.com>.");
    }

    // A day at least: a bounce may take that long to come back.
    private static TimeSpan? Keep(IConfigurationSection section, string key, TimeSpan? otherwise) =>
        section[key]?.Trim().ToLowerInvariant() == "forever" ? null : Span(section, key, TimeSpan.FromDays(1), TimeSpan.FromDays(36_500)) ?? otherwise;

    private static TimeSpan? Span(IConfigurationSection section, string key, TimeSpan least, TimeSpan most)
    {
        if (section[key]?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var span) && span >= least && span <= most
            ? span
            : throw new InvalidOperationException($"Email:{key} (environment variable Email__{key}) is '{text}'. Write a duration from {least:c} to {most:c}, for example 00:00:10.");
    }
}
