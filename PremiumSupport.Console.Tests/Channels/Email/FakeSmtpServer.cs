using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace PremiumSupport.Tests.Channels.Email;

/// <summary>An SMTP server that takes everything, but for what a test lets it refuse, break or inject.</summary>
internal sealed class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _commands = [];
    private readonly ConcurrentQueue<MimeMessage> _taken = [];
    private readonly SemaphoreSlim _mail = new(0);
    private readonly Task _serving;

    public FakeSmtpServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>A certificate that nobody trusts unless they are told to.</summary>
    public static X509Certificate2 Certificate { get; } = Certify();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>An answer to a command instead of the usual one; null for the usual one.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>How many mails are cut off in the middle, without a word.</summary>
    public int Drops { get; set; }

    /// <summary>What happens between a mail's last byte and the answer that it was taken, told how many it has taken by now.</summary>
    public Func<int, Task> Taking { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether it offers STARTTLS.</summary>
    public bool OffersTls { get; set; }

    /// <summary>What somebody on the way puts behind the answer to STARTTLS, in the same packet.</summary>
    public string Injected { get; set; } = "";

    /// <summary>Every command that it got, each with whether it came through TLS.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    /// <summary>Every mail that it took.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. _taken];

    public Dictionary<string, string?> Settings => new()
    {
        ["Email:From"] = "Support <support@desk.example>",
        ["Email:Smtp:Host"] = "127.0.0.1",
        ["Email:Smtp:Port"] = $"{Port}",
        ["Email:Smtp:Security"] = OffersTls ? "StartTls" : "None",
        ["Email:UndoWindow"] = "00:00:00",
    };

    /// <summary>Ends when one more mail was taken.</summary>
    public Task NextAsync(CancellationToken cancellation) => _mail.WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _mail.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(open);
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var plain = client.GetStream();
                if (!await TalkAsync(plain, "220 fake ESMTP\r\n", "plain"))
                {
                    return;
                }

                await using var tls = new SslStream(plain);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
                await TalkAsync(tls, "", "tls");
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    /// <returns>Whether to go on in TLS.</returns>
    private async Task<bool> TalkAsync(Stream stream, string greeting, string way)
    {
        async Task SayAsync(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text), _stop.Token);
        await SayAsync(greeting);
        while (await LineAsync(stream) is { } command)
        {
            _commands.Enqueue($"{way} {command}");
            if (Answer(command) is { } answer)
            {
                await SayAsync(answer + "\r\n");
                continue;
            }

            switch (command.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(OffersTls && way == "plain" ? "250-fake\r\n250-STARTTLS\r\n250 8BITMIME\r\n" : "250-fake\r\n250 8BITMIME\r\n");
                    break;
                case "STARTTLS":
                    await SayAsync("220 go ahead\r\n" + Injected);
                    return true;
                case "DATA":
                    await SayAsync("354 go ahead\r\n");
                    if (!await TakeAsync(stream))
                    {
                        return false;
                    }

                    await SayAsync("250 taken\r\n");
                    break;
                case "QUIT":
                    await SayAsync("221 bye\r\n");
                    return false;
                default:
                    await SayAsync("250 ok\r\n");
                    break;
            }
        }

        return false;
    }

    private async Task<bool> TakeAsync(Stream stream)
    {
        var mail = new StringBuilder();
        while (await LineAsync(stream) is { } line)
        {
            if (Drops > 0 && mail.Length > 0)
            {
                Drops--;
                return false;
            }

            if (line == ".")
            {
                using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(mail.ToString()));
                _taken.Enqueue(await MimeMessage.LoadAsync(bytes, _stop.Token));
                _mail.Release();
                await Taking(_taken.Count).WaitAsync(_stop.Token);
                return true;
            }

            mail.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        }

        return false;
    }

    // Byte by byte: what is read too far would be lost to the TLS that follows.
    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == (byte)'\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }

    private static X509Certificate2 Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
