using System.Diagnostics.Metrics;
using MimeKit;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Channels.Email.Out;

/// <summary>
/// Sends what is due. Whoever calls it, and how often, does not matter: the rows say who has which mail (trust rule 3). What became of each mail is noted while the next one
/// is on its way, so that notes gather into common commits; a crash between the two sends a mail twice, under the same Message-ID.
/// </summary>
public sealed partial class OutboxDrain : IDisposable
{
    /// <summary>The meter under which mail is counted.</summary>
    public const string Meter = "PremiumSupport.Mail";

    private const int Batch = 50;

    // Begun later, a mail might still be on its way when its lease ends.
    private static readonly TimeSpan LeastLease = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ServerPause = TimeSpan.FromSeconds(15);

    private readonly OutboxCommands _commands;
    private readonly OutboxQueries _queries;
    private readonly StaffMailCommands _staff;
    private readonly MailComposer _composer;
    private readonly EmailOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<OutboxDrain> _log;
    private readonly Counter<long> _outcomes;
    private readonly SemaphoreSlim _one = new(1, 1);
    private DateTimeOffset _notBefore;

    internal OutboxDrain(OutboxCommands commands, OutboxQueries queries, StaffMailCommands staff, MailComposer composer, EmailOptions options, TimeProvider clock, IMeterFactory meters, ILogger<OutboxDrain> log)
    {
        (_commands, _queries, _staff, _composer, _options, _clock, _log) = (commands, queries, staff, composer, options, clock, log);
        _outcomes = meters.Create(Meter).CreateCounter<long>("premiumsupport.mail.sent", null, "What became of mails that were tried, by outcome.");
    }

    /// <summary>Sends until nothing is due and says when the next will be; null when nothing waits.</summary>
    public async Task<DateTimeOffset?> RunAsync(CancellationToken stopping = default)
    {
        if (_options.Smtp is not { } server)
        {
            return null;
        }

        await _one.WaitAsync(stopping);
        try
        {
            while (true)
            {
                while (await _staff.NextAtAsync(stopping) is { } told && told <= _clock.GetUtcNow() && await _staff.WriteAsync(stopping) > 0)
                {
                }

                var next = Earlier(await _queries.NextDueAtAsync(stopping), await _staff.NextAtAsync(stopping));
                if (next is null || next > _clock.GetUtcNow())
                {
                    return next;
                }

                // A server that cannot be used is left alone for a moment, however much waits.
                if (_notBefore > _clock.GetUtcNow())
                {
                    return _notBefore;
                }

                if (await _commands.TakeAsync(Batch, stopping) is not { Count: > 0 } mails)
                {
                    continue;
                }

                await SendAsync(mails, server, stopping);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private async Task SendAsync(IReadOnlyList<OutgoingMail> mails, MailServerOptions server, CancellationToken stopping)
    {
        var notes = new List<Task>(mails.Count);
        SmtpSession? session = null;
        try
        {
            foreach (var mail in mails)
            {
                if (stopping.IsCancellationRequested || mail.DueAt - _clock.GetUtcNow() < LeastLease || _notBefore > _clock.GetUtcNow())
                {
                    notes.Add(_commands.GiveBackAsync(mail, CancellationToken.None));
                    continue;
                }

                var (message, ended) = await ComposeAsync(mail, stopping);
                if (message is null)
                {
                    notes.Add(ended!);
                    continue;
                }

                using (message)
                {
                    if (session is null)
                    {
                        session = new(server);
                        if (await session.OpenAsync(stopping) is { } problem)
                        {
                            LogServer(_log, problem);
                            _notBefore = _clock.GetUtcNow() + ServerPause;
                            notes.Add(FailAsync(mail, new(false, problem)));
                            continue;
                        }
                    }

                    // A mail on its way is not interrupted by a stop: whether it went would not be known.
                    var result = await session.SendAsync(message);
                    notes.Add(result.Problem is { } refused ? FailAsync(mail, new(result.IsPermanent, refused)) : SentAsync(mail));
                    if (result.IsBroken)
                    {
                        session.Dispose();
                        session = null;
                    }
                }
            }

            if (session is not null)
            {
                await session.CloseAsync();
            }
        }
        finally
        {
            session?.Dispose();
            await Task.WhenAll(notes);
        }
    }

    /// <summary>The message; or, where there is none, what became of the mail.</summary>
    private async Task<(MimeMessage? Message, Task? Ended)> ComposeAsync(OutgoingMail mail, CancellationToken stopping)
    {
        try
        {
            var composed = await _composer.ComposeAsync(mail, stopping);
            if (composed.Message is { } message)
            {
                return (message, null);
            }

            Count("needless");
            return (null, _commands.NoteNeedlessAsync(mail, composed.Needless!, CancellationToken.None));
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogNotComposed(_log, mail.Id, failure);
            return (null, FailAsync(mail, new(failure is InvalidOperationException, $"The mail could not be made: {failure.Message}")));
        }
    }

    private Task SentAsync(OutgoingMail mail)
    {
        Count("sent");
        return _commands.NoteSentAsync(mail, CancellationToken.None);
    }

    private Task FailAsync(OutgoingMail mail, SendFailure failure)
    {
        Count(failure.IsPermanent ? "refused" : "postponed");
        LogNotSent(_log, mail.Id, mail.Tries, failure.Answer);
        return _commands.NoteFailedAsync(mail, failure, CancellationToken.None);
    }

    private void Count(string outcome) => _outcomes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    [LoggerMessage(LogLevel.Warning, "No mail can be sent just now: {Problem}")]
    private static partial void LogServer(ILogger logger, string problem);

    [LoggerMessage(LogLevel.Warning, "Mail {Id} did not go at try {Tries}: {Answer}")]
    private static partial void LogNotSent(ILogger logger, Guid id, int tries, string answer);

    [LoggerMessage(LogLevel.Error, "Mail {Id} could not be made")]
    private static partial void LogNotComposed(ILogger logger, Guid id, Exception failure);
}
