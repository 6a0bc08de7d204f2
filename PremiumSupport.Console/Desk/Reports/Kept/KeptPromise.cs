using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>
/// An obligation as the figures of leads need it, in 56 bytes: half a year of a desk with a million tickets a year stays in memory. Instants are milliseconds since 1970, UTC. Account and specialist are places in the
/// book's <see cref="IdTable"/>.
/// </summary>
public readonly struct KeptPromise : IEquatable<KeptPromise>
{
    /// <summary>The specialist of a ticket that nobody has.</summary>
    public const int Nobody = -1;

    private const long Unanswered = long.MaxValue;

    private readonly long _answered;
    private readonly byte _metric;
    private readonly byte _commitment;
    private readonly byte _channel;
    private readonly byte _severity;

    /// <summary>From the columns of the row and of its ticket.</summary>
    public KeptPromise(
        long number, int cycle, Metric metric, Commitment commitment, Channel channel, Severity severity, int account, int specialist,
        DateTimeOffset startedAt, DateTimeOffset grossDueAt, DateTimeOffset dueAt, DateTimeOffset? answeredAt, bool isBreached)
    {
        (Number, Cycle, Account, Specialist, IsBreached) = (number, (short)cycle, account, specialist, isBreached);
        (_metric, _commitment, _channel, _severity) = ((byte)metric, (byte)commitment, (byte)channel, (byte)severity);
        (Started, GrossDue, Due) = (startedAt.ToUnixTimeMilliseconds(), grossDueAt.ToUnixTimeMilliseconds(), dueAt.ToUnixTimeMilliseconds());
        _answered = answeredAt?.ToUnixTimeMilliseconds() ?? Unanswered;
    }

    /// <summary>Its ticket.</summary>
    public long Number { get; }

    /// <summary>When it began to run.</summary>
    public long Started { get; }

    /// <summary>The deadline without exceptions.</summary>
    public long GrossDue { get; }

    /// <summary>The deadline that counts.</summary>
    public long Due { get; }

    /// <summary>The place of its account.</summary>
    public int Account { get; }

    /// <summary>The place of who has the ticket now, or <see cref="Nobody"/>.</summary>
    public int Specialist { get; }

    /// <summary>Which of its metric it is, from 1.</summary>
    public short Cycle { get; }

    /// <summary>Whether a breach was recorded; then it is one whatever the deadline says today (rule 4).</summary>
    public bool IsBreached { get; }

    public Metric Metric => (Metric)_metric;
    public Commitment Commitment => (Commitment)_commitment;
    public Channel Channel => (Channel)_channel;
    public Severity Severity => (Severity)_severity;

    /// <summary>Whether it was answered, late or not.</summary>
    public bool IsAnswered => _answered != Unanswered;

    /// <summary>Whether it was kept; equality is met (rule 3).</summary>
    public bool IsMet => _answered <= Due && !IsBreached;

    /// <summary>Whether it would have been kept without exceptions.</summary>
    public bool IsMetGross => _answered <= GrossDue && !IsBreached;

    /// <summary>Whether an approved exception moved its deadline.</summary>
    public bool IsMoved => GrossDue != Due;

    /// <summary>Whether it has an outcome (rule 13); says what <see cref="MaturedPromise.IsMaturedAt"/> says.</summary>
    public bool IsMaturedAt(long now) => IsBreached || Due < now || (Due == now && IsAnswered);

    /// <summary>How long the answer took, or how long it is owed by now, in milliseconds (rule 14).</summary>
    public long AgeAt(long now) => (IsAnswered ? _answered : now) - Started;

    /// <summary>When it was answered; null while it is owed.</summary>
    public DateTimeOffset? AnsweredAt => IsAnswered ? DateTimeOffset.FromUnixTimeMilliseconds(_answered) : null;

    /// <summary>Counts it, which has an outcome, at an instant.</summary>
    internal void AddTo(AttainmentTally tally, long now) => tally.Add(IsMet, IsMetGross, IsMoved, !IsAnswered, AgeAt(now) * TimeSpan.TicksPerMillisecond);

    /// <summary>The same for the arithmetic of attainment.</summary>
    public MaturedPromise ToMatured() => new(At(Started), At(GrossDue), At(Due), AnsweredAt, IsBreached ? At(Due) : null);

    /// <summary>One and the same obligation: ticket, metric and cycle.</summary>
    public bool Equals(KeptPromise other) => (Number, _metric, Cycle) == (other.Number, other._metric, other.Cycle);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is KeptPromise other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Number, _metric, Cycle);

    public static bool operator ==(KeptPromise left, KeptPromise right) => left.Equals(right);

    public static bool operator !=(KeptPromise left, KeptPromise right) => !left.Equals(right);

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
