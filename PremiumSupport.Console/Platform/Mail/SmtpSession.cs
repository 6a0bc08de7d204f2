using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace PremiumSupport.Platform.Mail;

/// <summary>What became of a mail at the server.</summary>
/// <param name="IsPermanent">Whether this mail will never be taken; only said where it was not sent.</param>
/// <param name="Problem">Null when the server took it; else its answer, or what happened on the way, in words.</param>
/// <param name="IsBroken">Whether the connection is of no more use.</param>
public sealed record SendResult(bool IsPermanent, string? Problem, bool IsBroken = false)
{
    /// <summary>The server took it.</summary>
    public static SendResult Sent { get; } = new(false, null);
}

/// <summary>
/// A connection to the SMTP server, for one mail after another. TLS is required by name and never "when available" (trust rule 14); certificates are checked as the
/// system does. What is written about a mail is what the server said about it, never what is in it.
/// </summary>
public sealed class SmtpSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Less than a lease of the outbox leaves.
    private static readonly TimeSpan LongestMail = TimeSpan.FromSeconds(75);

    private readonly SmtpClient _client = new() { Timeout = (int)Patience.TotalMilliseconds };
    private readonly MailServerOptions _server;

    /// <param name="server">Where, and how protected.</param>
    /// <param name="trust">Who is trusted, for tests; by default whom the system trusts.</param>
    public SmtpSession(MailServerOptions server, RemoteCertificateValidationCallback? trust = null)
    {
        _server = server;
        _client.ServerCertificateValidationCallback = trust;
    }

    /// <summary>Connects and signs in. Null when all is well, else what is wrong, in words: no mail is to blame for it, so it is never permanent.</summary>
    public async Task<string?> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            await _client.ConnectAsync(_server.Host, _server.Port, OptionOf(_server.Security), cancellation);
            if (_server.UserName is { } user)
            {
                await _client.AuthenticateAsync(user, _server.Password!, cancellation);
            }

            return null;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && IsExpected(failure))
        {
            return $"{_server.Host}:{_server.Port} cannot be used: {Words(failure)}";
        }
    }

    /// <summary>Sends a mail and says what became of it; a server that takes longer than 75 s has not taken it, as far as we know.</summary>
    public async Task<SendResult> SendAsync(MimeMessage mail)
    {
        using var patience = new CancellationTokenSource(LongestMail);
        try
        {
            await _client.SendAsync(mail, patience.Token);
            return SendResult.Sent;
        }
        catch (SmtpCommandException refused)
        {
            // The server is in a state that we know: it answered. 421 says that it is going away.
            var code = (int)refused.StatusCode;
            return new(code >= 500, $"{code} {refused.Message}", code == 421 || !_client.IsConnected);
        }
        catch (NotSupportedException unable)
        {
            // An address in letters that the server has no way to write.
            return new(true, unable.Message);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            return new(false, $"The connection to {_server.Host} broke before the mail was taken: {Words(failure)}", IsBroken: true);
        }
    }

    /// <summary>Says goodbye.</summary>
    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _client.DisconnectAsync(true, patience.Token);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            // Everything was said before.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <summary>The library's word for ours. Its "Auto" and "StartTlsWhenAvailable" are no answer to any of them.</summary>
    internal static SecureSocketOptions OptionOf(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.SslOnConnect => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    private static bool IsExpected(Exception failure) =>
        failure is SocketException or IOException or ProtocolException or CommandException or SslHandshakeException or System.Security.Authentication.AuthenticationException
            or MailKit.Security.AuthenticationException or SaslException or NotSupportedException or TimeoutException or OperationCanceledException or ServiceNotConnectedException or ServiceNotAuthenticatedException;

    private static string Words(Exception failure) => failure switch
    {
        NotSupportedException => "it does not offer the TLS that Email:Smtp:Security asks for.",
        SslHandshakeException => "its certificate is not trusted, or TLS failed.",
        OperationCanceledException or TimeoutException => "it did not answer in time.",
        SocketException socket => socket.Message,
        _ => failure.Message.Split('\n')[0].Trim(),
    };
}
