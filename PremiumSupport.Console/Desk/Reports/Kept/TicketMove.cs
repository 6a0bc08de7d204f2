using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>What a move of a ticket does to the backlog: it came in, it was solved, closed or merged away, or it is open again.</summary>
public enum MoveKind { Arrived, Left, Back }

/// <summary>A move of a ticket into or out of the backlog, in 32 bytes; see <see cref="KeptPromise"/> for its parts.</summary>
public readonly struct TicketMove(long number, long at, MoveKind kind, Channel channel, Severity severity, int account, int specialist) : IEquatable<TicketMove>
{
    private readonly byte _kind = (byte)kind;
    private readonly byte _channel = (byte)channel;
    private readonly byte _severity = (byte)severity;

    /// <summary>The ticket.</summary>
    public long Number { get; } = number;

    /// <summary>When, in milliseconds since 1970, UTC.</summary>
    public long At { get; } = at;

    /// <summary>The place of its account.</summary>
    public int Account { get; } = account;

    /// <summary>The place of who has it now, or <see cref="KeptPromise.Nobody"/>.</summary>
    public int Specialist { get; } = specialist;

    public MoveKind Kind => (MoveKind)_kind;
    public Channel Channel => (Channel)_channel;
    public Severity Severity => (Severity)_severity;

    /// <summary>One more open ticket, or one less.</summary>
    public int Delta => Kind == MoveKind.Left ? -1 : 1;

    /// <inheritdoc />
    public bool Equals(TicketMove other) => (Number, At, _kind) == (other.Number, other.At, other._kind);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is TicketMove other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Number, At, _kind);

    public static bool operator ==(TicketMove left, TicketMove right) => left.Equals(right);

    public static bool operator !=(TicketMove left, TicketMove right) => !left.Equals(right);
}

/// <summary>Takes a move as it comes by.</summary>
public delegate void MoveTaker(in TicketMove move);
