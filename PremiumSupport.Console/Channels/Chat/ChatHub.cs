using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Chat;

/// <summary>
/// The public conversation of any ticket of the caller. A message is acknowledged when it is on disk, never before; pushes are hints, and a client that missed
/// one asks for what comes after its last sequence.
/// </summary>
[Authorize(Access.Chat)]
public sealed class ChatHub(TicketCommands commands, TicketQueries queries, ConversationSignals signals) : Hub<IChatClient>
{
    private Caller Caller => CallerReader.From(Context.User!) ?? throw Forbidden();

    /// <summary>The group of those who listen to a conversation.</summary>
    public static string GroupOf(long number) => $"ticket:{number}";

    /// <summary>Opens a chat with its first message. The same client id again gives the same conversation.</summary>
    public async Task<StartAnswer> StartConversation(StartRequest? request)
    {
        if (Caller is not CustomerCaller customer)
        {
            throw Forbidden();
        }

        var opened = Unwrap(await commands.OpenAsync(
            new()
            {
                Channel = Channel.Chat,
                Body = request?.Body,
                Files = request?.Attachments ?? [],
                Locale = request?.Locale,
                ClientMessageId = request?.ClientMessageId ?? "",
                Platform = CallerReader.Platform(Context.User!),
            },
            customer,
            Context.ConnectionAborted));
        await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(opened.Number), Context.ConnectionAborted);
        return new(opened.Number, opened.Sequence, opened.SentAt);
    }

    /// <summary>Listens to a conversation from now on and returns what came after a sequence.</summary>
    public async Task<JoinAnswer> Join(long number, long afterSequence)
    {
        var caller = Caller;
        var last = await DemandVisibleAsync(number);

        // Listen first, then read: a message that falls in between comes twice, and the client knows it by its sequence.
        await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(number), Context.ConnectionAborted);
        var messages = await queries.MessagesAsync(number, afterSequence, caller, cancellation: Context.ConnectionAborted) ?? throw Forbidden();
        return new([.. messages.Select(ChatMessage.Of)], messages.Count > 0 ? messages[^1].Sequence : last);
    }

    /// <summary>Sends a message. The answer comes once it is on disk; the same client id again gives the same answer.</summary>
    public async Task<SendAnswer> Send(long number, SendRequest? request)
    {
        var content = new MessageContent(request?.Body, request?.Attachments);
        var posted = Unwrap(Caller switch
        {
            CustomerCaller customer => await commands.PostAsync(number, content, request?.ClientMessageId, customer, Context.ConnectionAborted),
            StaffCaller staff => await commands.ReplyAsync(number, content, request?.ClientMessageId, isAutomated: false, staff, Context.ConnectionAborted),
            _ => throw Forbidden(),
        });
        return new(posted.Sequence, posted.SentAt);
    }

    /// <summary>Says that the caller began or stopped typing.</summary>
    public async Task Typing(long number, bool isTyping)
    {
        await DemandVisibleAsync(number);
        signals.Publish(new(number, Who, Caller.Name, IsTyping: isTyping));
    }

    /// <summary>Says how far the caller has read.</summary>
    public async Task Read(long number, long sequence)
    {
        // Nobody has read what was never written.
        var last = await DemandVisibleAsync(number);
        signals.Publish(new(number, Who, Caller.Name, ReadSequence: Math.Clamp(sequence, 0, last)));
    }

    private string Who => Caller is CustomerCaller ? "customer" : "staff";

    private async Task<long> DemandVisibleAsync(long number) => await queries.LastSequenceAsync(number, Caller, Context.ConnectionAborted) ?? throw Forbidden();

    private static T Unwrap<T>(Outcome<T> outcome) => outcome.Refusal switch
    {
        null => outcome.Value!,
        { Kind: RefusalKind.NotFound } => throw Forbidden(),
        var refusal => throw new HubException($"{refusal.Code}: {refusal.Message}"),
    };

    private static HubException Forbidden() => new("forbidden");
}
