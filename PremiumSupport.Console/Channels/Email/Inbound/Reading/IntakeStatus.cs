using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Email.Inbound.Reading;

/// <summary>How reading a mailbox goes on this node.</summary>
/// <param name="Mailbox">Its name.</param>
/// <param name="ReadAt">When it was last read to its end; null when never since the start.</param>
/// <param name="Failure">Why it cannot be read; null when it can.</param>
/// <param name="FailingSince">Since when.</param>
/// <param name="IsElsewhere">Another node reads it.</param>
public sealed record MailboxState(string Mailbox, DateTimeOffset? ReadAt, string? Failure, DateTimeOffset? FailingSince, bool IsElsewhere);

/// <summary>Whether mail comes in, for the dashboard, the health check and the meter. Of this node alone, and forgotten when it stops.</summary>
public sealed class IntakeStatus(EmailInOptions options, ChangeBus changes, TimeProvider clock, IMeterFactory meters)
{
    /// <summary>The meter under which intake publishes.</summary>
    public const string Meter = "PremiumSupport.Email";

    /// <summary>A mailbox that could not be read for so long is a matter for somebody: short of it a server restarts.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Mail that waits for so long means that we are behind.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, MailboxState> _states = new(options.Mailboxes.Select(mailbox => KeyValuePair.Create(mailbox.Name, new MailboxState(mailbox.Name, null, null, null, false))));

    private readonly Histogram<double> _lag = meters.Create(Meter).CreateHistogram<double>("premiumsupport.mail.intake.lag", "s", "From when the server got a mail to when it had become something here.");

    private readonly Counter<long> _failures = meters.Create(Meter).CreateCounter<long>("premiumsupport.mail.intake.failures", null, "Connections to a mailbox that failed or broke.");

    /// <summary>All mailboxes, by name.</summary>
    public IReadOnlyList<MailboxState> Mailboxes => [.. _states.Values.OrderBy(state => state.Mailbox, StringComparer.Ordinal)];

    /// <summary>Those that cannot be read for longer than a restart takes.</summary>
    public IReadOnlyList<MailboxState> Broken => [.. Mailboxes.Where(state => state.FailingSince is { } since && clock.GetUtcNow() - since >= Patience)];

    /// <summary>A mailbox was read to its end.</summary>
    public void Read(string mailbox) => Set(mailbox, state => state with { ReadAt = clock.GetUtcNow(), Failure = null, FailingSince = null, IsElsewhere = false });

    /// <summary>It could not be read.</summary>
    public void Failed(string mailbox, string why)
    {
        _failures.Add(1, new KeyValuePair<string, object?>("mailbox", mailbox));
        Set(mailbox, state => state with { Failure = why, FailingSince = state.FailingSince ?? clock.GetUtcNow(), IsElsewhere = false });
    }

    /// <summary>Another node has it.</summary>
    public void Elsewhere(string mailbox) => Set(mailbox, state => state with { Failure = null, FailingSince = null, IsElsewhere = true });

    /// <summary>A mail became something.</summary>
    public void Sorted(TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds));

    private void Set(string mailbox, Func<MailboxState, MailboxState> change)
    {
        var before = _states[mailbox];
        var after = _states[mailbox] = change(before);
        if ((before.Failure is null) != (after.Failure is null))
        {
            changes.PublishHere(new(IntakeCommands.Topic, 0));
        }
    }
}
