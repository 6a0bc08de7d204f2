using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Channels.Email.Inbound.Reading;

/// <summary>
/// Reads one mailbox over one connection. The folder is opened for reading only: nothing is deleted, moved or marked, so whatever becomes of us, the mailbox still has it all.
/// </summary>
internal sealed class MailboxReader(MailboxOptions mailbox, IntakeCommands intake) : IDisposable
{
    private const int MostAtOnce = 25;
    private const long BytesAtOnce = 8 << 20;

    // A server may let go of a client that is silent for half an hour (RFC 3501); many do much sooner.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(9);

    private readonly ImapClient _imap = new() { Timeout = 60_000 };
    private IMailFolder _folder = default!;

    /// <summary>Connects, by the kind of TLS that is configured or not at all (trust rule 14), signs in and opens the folder.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var server = mailbox.Server;
        var security = server.Security switch { MailSecurity.StartTls => SecureSocketOptions.StartTls, MailSecurity.SslOnConnect => SecureSocketOptions.SslOnConnect, _ => SecureSocketOptions.None };
        await _imap.ConnectAsync(server.Host, server.Port, security, cancellation);
        await _imap.AuthenticateAsync(server.UserName ?? "", server.Password ?? "", cancellation);
        _folder = mailbox.Folder.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? _imap.Inbox! : await _imap.GetFolderAsync(mailbox.Folder, cancellation);
        await _folder.OpenAsync(FolderAccess.ReadOnly, cancellation);
    }

    /// <summary>Keeps everything that came since the cursor, in the order of its numbers, in transactions of a few mails.</summary>
    /// <returns>How many mails are new.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellation)
    {
        var (validity, last) = await intake.CursorAsync(mailbox.Name, cancellation);
        // Other numbers than last time: all of it is read again, and what is here already is known by its fingerprint.
        var from = validity == _folder.UidValidity ? last + 1 : 1;
        if (from > uint.MaxValue)
        {
            return 0;
        }

        var found = await _folder.SearchAsync(SearchQuery.Uids(new UniqueIdRange(new UniqueId((uint)from), UniqueId.MaxValue)), cancellation);
        // A range up to the last one always holds the last one, even where it lies below the range.
        var news = found.Where(uid => uid.Id >= from).OrderBy(uid => uid.Id).ToList();
        var kept = 0;
        foreach (var chunk in news.Chunk(MostAtOnce))
        {
            kept += await KeepAsync(await _folder.FetchAsync(chunk, MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate, cancellation), cancellation);
        }

        return kept;
    }

    /// <summary>Waits until the server says that there is something, or until it is time to look anyway.</summary>
    public async Task WaitAsync(TimeProvider clock, CancellationToken cancellation)
    {
        var rest = mailbox.PollEvery < LongestIdle ? mailbox.PollEvery : LongestIdle;
        using var done = new CancellationTokenSource(rest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(done.Token, cancellation);
        if (!_imap.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(rest, clock, either.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await _imap.NoOpAsync(cancellation);
            return;
        }

        void Came(object? sender, EventArgs e) => done.Cancel();
        _folder.CountChanged += Came;
        try
        {
            await _imap.IdleAsync(either.Token, cancellation);
        }
        finally
        {
            _folder.CountChanged -= Came;
        }
    }

    public void Dispose() => _imap.Dispose();

    private async Task<int> KeepAsync(IList<IMessageSummary> summaries, CancellationToken cancellation)
    {
        var (kept, batch, bytes) = (0, new List<FetchedMail>(), 0L);
        foreach (var summary in summaries.OrderBy(summary => summary.UniqueId.Id))
        {
            var mail = await FetchAsync(summary, cancellation);
            batch.Add(mail);
            bytes += mail.Bytes.Length;
            if (bytes > BytesAtOnce)
            {
                kept += await intake.KeepAsync(mailbox.Name, _folder.UidValidity, batch, cancellation);
                (batch, bytes) = ([], 0);
            }
        }

        return batch.Count == 0 ? kept : kept + await intake.KeepAsync(mailbox.Name, _folder.UidValidity, batch, cancellation);
    }

    private async Task<FetchedMail> FetchAsync(IMessageSummary summary, CancellationToken cancellation)
    {
        var size = (long)(summary.Size ?? 0);
        // Of one that is too large only the header comes over the line; the rest stays where it is.
        await using var stream = size > ParsingLimits.Bytes
            ? await _folder.GetStreamAsync(summary.UniqueId, "HEADER", 0, ParsingLimits.HeaderBytes, cancellation)
            : await _folder.GetStreamAsync(summary.UniqueId, "", cancellation);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation);
        return new(summary.UniqueId.Id, summary.InternalDate ?? DateTimeOffset.UnixEpoch, Math.Max(size, bytes.Length), bytes.ToArray());
    }
}
