using System.Globalization;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Channels.Email.Inbound;

/// <summary>A mailbox that is read.</summary>
public sealed record MailboxOptions
{
    /// <summary>By which rows and the log speak of it, and which must stay the same: a mailbox of another name is another one.</summary>
    public required string Name { get; init; }

    /// <summary>Its server.</summary>
    public required MailServerOptions Server { get; init; }

    /// <summary>The folder that is read (<c>Folder</c>).</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>The id under which this mailbox's own server writes <c>Authentication-Results</c> (<c>AuthServId</c>); null where nobody's findings are believed.</summary>
    public string? AuthServId { get; init; }

    /// <summary>How often it is looked into, whatever the server tells by itself (<c>PollEvery</c>).</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>All mailboxes: <c>Email:Imap:*</c> is the first, <c>Email:Mailboxes:0:*</c> and so on are further ones with the same keys.</summary>
public sealed record EmailInOptions(IReadOnlyList<MailboxOptions> Mailboxes, IReadOnlySet<string> OwnAddresses)
{
    /// <exception cref="InvalidOperationException">Something cannot be; the message names the key.</exception>
    internal static EmailInOptions Read(IConfiguration configuration, EmailOptions email)
    {
        var sections = new[] { configuration.GetSection("Email:Imap") }.Concat(configuration.GetSection("Email:Mailboxes").GetChildren());
        List<MailboxOptions> mailboxes = [.. sections.Select(Mailbox).OfType<MailboxOptions>()];
        if (mailboxes.GroupBy(mailbox => mailbox.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"Email:Mailboxes names two mailboxes '{twice.Key}'. Give one of them a Name of its own.");
        }

        var own = new[] { email.From?.Address, email.ReplyBox?.Address }.Concat(mailboxes.Select(mailbox => mailbox.Server.UserName)).Concat(configuration.GetSection("Email:OwnAddresses").Get<string[]>() ?? []);
        return new(mailboxes, own.OfType<string>().Where(address => address.Contains('@', StringComparison.Ordinal)).Select(address => address.Trim().ToLowerInvariant()).ToHashSet());
    }

    private static MailboxOptions? Mailbox(IConfigurationSection section)
    {
        if (MailServerOptions.Read(section, MailServerOptions.Imap) is not { } server)
        {
            return null;
        }

        var name = section["Name"]?.Trim() is { Length: > 0 } said ? said : server.UserName ?? throw Wrong(section, "UserName", "is missing: a mailbox belongs to somebody");
        if (name.Length > IntakeLimits.Mailbox)
        {
            throw Wrong(section, "Name", $"is longer than {IntakeLimits.Mailbox} characters");
        }

        var options = new MailboxOptions { Name = name, Server = server, AuthServId = section["AuthServId"]?.Trim() is { Length: > 0 } id ? id : null };
        return options with
        {
            Folder = section["Folder"]?.Trim() is { Length: > 0 } folder ? folder : options.Folder,
            PollEvery = section["PollEvery"]?.Trim() is not { Length: > 0 } text ? options.PollEvery
                : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var every) && every >= TimeSpan.FromSeconds(1) && every <= TimeSpan.FromHours(1) ? every
                : throw Wrong(section, "PollEvery", $"is '{text}'. Write a duration from 00:00:01 to 01:00:00"),
        };
    }

    private static InvalidOperationException Wrong(IConfigurationSection section, string key, string what) =>
        new($"{section.Path}:{key} (environment variable {section.Path.Replace(":", "__", StringComparison.Ordinal)}__{key}) {what}.");
}
