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
/// <param name="Attachments">Ids of uploads that go with it; with some, the body may be empty.</param>
public sealed record SendRequest(string? ClientMessageId, string? Body, IReadOnlyList<Guid>? Attachments = null);

/// <summary>The answer to <see cref="StartRequest"/>.</summary>
public sealed record StartAnswer(long Number, long Sequence, DateTimeOffset SentAt);

/// <summary>The answer to <see cref="SendRequest"/>: the message is on disk.</summary>
public sealed record SendAnswer(long Sequence, DateTimeOffset SentAt);

/// <summary>The answer to joining: what the client missed.</summary>
public sealed record JoinAnswer(IReadOnlyList<ChatMessage> Messages, long LastSequence);

/// <summary>What the hub calls on its clients.</summary>
public interface IChatClient
{
    /// <summary>A public message was committed. Also goes to its sender, who knows it by its client id.</summary>
    Task MessagePosted(long number, ChatMessage message);

    /// <summary>Somebody began or stopped typing; <paramref name="who"/> is "customer" or "staff".</summary>
    Task TypingChanged(long number, string who, bool isTyping);

    /// <summary>Somebody has read up to a sequence.</summary>
    Task ReadAdvanced(long number, string who, long sequence);

    /// <summary>Status or assignee changed.</summary>
    Task TicketChanged(long number, string status, string? assigneeName);
}
