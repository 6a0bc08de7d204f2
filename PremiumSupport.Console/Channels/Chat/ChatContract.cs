using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Files;

namespace PremiumSupport.Channels.Chat;

/// <summary>A message on the wire, the same in the hub and in the REST API.</summary>
public sealed record ChatMessage(long Sequence, string ClientMessageId, string From, string AuthorName, string Visibility, string Body, DateTimeOffset SentAt, IReadOnlyList<AttachmentView> Attachments)
{
    /// <summary>The public message as customers and programs see it. There is no such method for internal notes.</summary>
    public static ChatMessage Of(PublicMessage message) => new(
        message.Sequence, message.ClientMessageId, message.From.ToString().ToLowerInvariant(), message.AuthorName, "public", message.Body, message.SentAt, AttachmentView.Of(message));
}

/// <summary>What opens a conversation.</summary>
/// <param name="Attachments">Ids of uploads that go with it.</param>
public sealed record StartRequest(string? ClientMessageId, string? Body, string? Locale, IReadOnlyList<Guid>? Attachments = null);

/// <summary>One message to send.</summary>
/// <param name="ClientMessageId">Minted by the client; the same again is the same message.</param>
/// <param name="Body">Plain text.</param>
/// <param name="SeenSequence">Staff may say up to which message they had read; then a colleague's answer after it is shown before theirs goes out.</param>
/// <param name="Attachments">Ids of uploads that go with it; with some, the body may be empty.</param>
public sealed record SendRequest(string? ClientMessageId, string? Body, long? SeenSequence = null, IReadOnlyList<Guid>? Attachments = null);

/// <summary>The answer to <see cref="StartRequest"/>.</summary>
public sealed record StartAnswer(long Number, long Sequence, DateTimeOffset SentAt);

/// <summary>The answer to <see cref="SendRequest"/>: the message is on disk.</summary>
public sealed record SendAnswer(long Sequence, DateTimeOffset SentAt);

/// <summary>The answer to joining: what the client missed, and where the conversation stands.</summary>
public sealed record JoinAnswer(
    IReadOnlyList<ChatMessage> Messages, long LastSequence, string Status, string? AssigneeName, SideState Customer, SideState Staff);

/// <summary>One side of a conversation.</summary>
/// <param name="IsHere">Whether it has the conversation before it right now.</param>
/// <param name="Received">Up to which message it has got them.</param>
/// <param name="Read">Up to which message it has read.</param>
public sealed record SideState(bool IsHere, long Received, long Read)
{
    internal static SideState Of(bool isHere, ReadMark mark) => new(isHere, mark.Received, mark.Read);
}

/// <summary>What the hub calls on its clients.</summary>
public interface IChatClient
{
    /// <summary>A public message was committed. Also goes to its sender, who knows it by its client id.</summary>
    Task MessagePosted(long number, ChatMessage message);

    /// <summary>Somebody began or stopped typing; <paramref name="who"/> is "customer" or "staff".</summary>
    Task TypingChanged(long number, string who, bool isTyping);

    /// <summary>Somebody has read up to a sequence.</summary>
    Task ReadAdvanced(long number, string who, long sequence);

    /// <summary>Somebody's page has got messages up to a sequence.</summary>
    Task ReceivedAdvanced(long number, string who, long sequence);

    /// <summary>The first of a side came to the conversation, or the last one left.</summary>
    Task PresenceChanged(long number, string who, bool isHere);

    /// <summary>Status or assignee changed.</summary>
    Task TicketChanged(long number, string status, string? assigneeName);
}
