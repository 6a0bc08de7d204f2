using System.Net;

namespace PremiumSupport.Platform.Mail;

/// <summary>How a connection to a mail server is protected. There is no "when available": whoever sits between could make it unavailable (trust rule 14).</summary>
public enum MailSecurity
{
    /// <summary>Begins in the clear and goes on in TLS before anything is said, or not at all.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    SslOnConnect,

    /// <summary>In the clear, for a relay on this machine or in a network that is trusted. Never a default.</summary>
    None,
}

/// <summary>One mail server and how to sign in to it.</summary>
public sealed record MailServerOptions
{
    /// <summary>Its name, which its certificate has to bear.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required MailSecurity Security { get; init; }

    /// <summary>Null where it asks for none.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>The ports that are meant when none is said: for StartTls and None, and for SslOnConnect.</summary>
    internal readonly record struct UsualPorts(int StartTls, int SslOnConnect, int None);

    internal static UsualPorts Smtp { get; } = new(587, 465, 25);

    internal static UsualPorts Imap { get; } = new(143, 993, 143);

    /// <summary>Reads a section with <c>Host</c>, <c>Port</c>, <c>UserName</c>, <c>Password</c> and <c>Security</c>; null when it names no host.</summary>
    /// <exception cref="InvalidOperationException">Something in it cannot be; the message names the key.</exception>
    internal static MailServerOptions? Read(IConfigurationSection section, UsualPorts ports)
    {
        var host = section["Host"]?.Trim();
        if (string.IsNullOrEmpty(host))
        {
            return null;
        }

        var security = section["Security"]?.Trim() is not { Length: > 0 } word ? MailSecurity.StartTls
            : Enum.TryParse<MailSecurity>(word, ignoreCase: true, out var said) && Enum.IsDefined(said) && !char.IsAsciiDigit(word[0]) ? said
            : throw Wrong(section, "Security", $"is '{word}'. Say StartTls, SslOnConnect or, for a server on this machine, None");
        var port = section["Port"]?.Trim() is not { Length: > 0 } text ? security switch { MailSecurity.StartTls => ports.StartTls, MailSecurity.SslOnConnect => ports.SslOnConnect, _ => ports.None }
            : int.TryParse(text, out var number) && number is > 0 and <= 65535 ? number
            : throw Wrong(section, "Port", $"is '{text}', which is not a port");
        var (user, password) = (Blank(section["UserName"]), Blank(section["Password"]));
        if (user is null != password is null)
        {
            throw Wrong(section, user is null ? "UserName" : "Password", "is missing beside its other half");
        }

        if (security == MailSecurity.None && user is not null && !IsThisMachine(host))
        {
            throw Wrong(section, "Security", $"is None, and the password would cross the network to {host} in the clear. Say StartTls or SslOnConnect");
        }

        return new() { Host = host, Port = port, Security = security, UserName = user, Password = password };
    }

    private static bool IsThisMachine(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string? Blank(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static InvalidOperationException Wrong(IConfigurationSection section, string key, string what) =>
        new($"{section.Path}:{key} (environment variable {section.Path.Replace(":", "__", StringComparison.Ordinal)}__{key}) {what}.");
}
