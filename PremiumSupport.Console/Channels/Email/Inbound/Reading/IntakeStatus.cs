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
/// <param name="IsOurs">The failure is our own storage's, which no other server's restart mends.</param>
public sealed record MailboxState(string Mailbox, DateTimeOffset? ReadAt, string? Failure, DateTimeOffset? FailingSince, bool IsElsewhere, bool IsOurs = false);

/// <summary>Why kept mails cannot be looked into.</summary>
/// <param name="Why">In a sentence.</param>
/// <param name="Since">Since when.</param>
public sealed record IntakeObstacle(string Why, DateTimeOffset Since);

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

    /// <summary>Those that cannot be read for longer than a restart takes, and those whose mails we have no room for.</summary>
    public IReadOnlyList<MailboxState> Broken => [.. Mailboxes.Where(state => state.FailingSince is { } since && (state.IsOurs || clock.GetUtcNow() - since >= Patience))];

    /// <summary>Why kept mails cannot be looked into right now; null when they can.</summary>
    public IntakeObstacle? Obstacle { get; private set; }

    /// <summary>A mailbox was read to its end.</summary>
    public void Read(string mailbox) => Set(mailbox, state => state with { ReadAt = clock.GetUtcNow(), Failure = null, FailingSince = null, IsElsewhere = false, IsOurs = false });

    /// <summary>It could not be read, because of its server or, where <paramref name="isOurs"/>, of our own storage.</summary>
    public void Failed(string mailbox, string why, bool isOurs = false)
    {
        _failures.Add(1, new KeyValuePair<string, object?>("mailbox", mailbox));
        Set(mailbox, state => state with { Failure = why, FailingSince = state.FailingSince ?? clock.GetUtcNow(), IsElsewhere = false, IsOurs = isOurs });
    }

    /// <summary>Kept mails cannot be looked into for want of something that is not theirs: a full disk, a scanner that is away.</summary>
    public void Blocked(string why) => Set(new IntakeObstacle(why, Obstacle?.Since ?? clock.GetUtcNow()));

    /// <summary>They can.</summary>
    public void Flows() => Set(null);

    /// <summary>Another node has it.</summary>
    public void Elsewhere(string mailbox) => Set(mailbox, state => state with { Failure = null, FailingSince = null, IsElsewhere = true, IsOurs = false });

    /// <summary>A mail became something.</summary>
    public void Sorted(TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds));

    private void Set(string mailbox, Func<MailboxState, MailboxState> change)
    {
        var before = _states[mailbox];
        var after = _states[mailbox] = change(before);
        if ((before.Failure is null) != (after.Failure is null) || before.IsOurs != after.IsOurs)
        {
            changes.PublishHere(new(IntakeCommands.Topic, 0));
        }
    }

    private void Set(IntakeObstacle? obstacle)
    {
        var before = Obstacle;
        Obstacle = obstacle;
        if (before?.Why != obstacle?.Why)
        {
            changes.PublishHere(new(IntakeCommands.Topic, 0));
        }
    }
}
