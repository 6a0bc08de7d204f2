namespace PremiumSupport.Desk.Tickets;

/// <summary>How far one side of a conversation has got, as sequences; what was read was received.</summary>
/// <param name="Received">Its page or program has the messages up to here.</param>
/// <param name="Read">A person had them before their eyes up to here.</param>
public readonly record struct ReadMark(long Received, long Read)
{
    /// <summary>The mark of somebody who read so far.</summary>
    public static ReadMark ReadTo(long sequence) => new(sequence, sequence);

    /// <summary>The mark of a page that got messages so far.</summary>
    public static ReadMark ReceivedTo(long sequence) => new(sequence, 0);

    /// <summary>The farther of both, each by itself: marks never go back.</summary>
    public ReadMark With(ReadMark other) => new(Math.Max(Received, other.Received), Math.Max(Read, other.Read));
}

/// <summary>A mark of one side of a conversation.</summary>
/// <param name="Number">The ticket.</param>
/// <param name="Side"><see cref="MessageFrom.Customer"/> or <see cref="MessageFrom.Staff"/>.</param>
/// <param name="Mark">How far.</param>
public readonly record struct SideMark(long Number, MessageFrom Side, ReadMark Mark);

/// <summary>Where a conversation stands beside its messages.</summary>
public sealed record ConversationState(long LastSequence, TicketStatus Status, string? AssigneeName, ReadMark Customer, ReadMark Staff);
