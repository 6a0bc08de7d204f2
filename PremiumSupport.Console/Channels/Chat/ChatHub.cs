using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Chat;

/// <summary>
/// The public conversation of any ticket of the caller. A message is acknowledged when it is on disk, never before; pushes are hints, and a client that missed
/// one asks for what comes after its last sequence. The calls of one connection are served one after another, and only so many of them (<see cref="ChatOptions"/>).
/// </summary>
[Authorize(Access.Chat)]
public sealed class ChatHub(TicketCommands commands, TicketQueries queries, ConversationSignals signals, ChatRooms rooms) : Hub<IChatClient>
{
    private ChatConnection Me => rooms.ConnectionOf(Context);

    /// <summary>The group of those who listen to a conversation.</summary>
    public static string GroupOf(long number) => $"ticket:{number}";

    /// <summary>Opens a chat with its first message. The same client id again gives the same conversation.</summary>
    public async Task<StartAnswer> StartConversation(StartRequest? request)
    {
        var me = Me;
        if (me.Caller is not CustomerCaller customer)
        {
            throw me.Miss();
        }

        me.DemandMessage();
        var opened = Unwrap(me, await commands.OpenAsync(
            new()
            {
                Channel = Channel.Chat,
                Body = request?.Body,
                Files = request?.Attachments ?? [],
                Locale = request?.Locale,
                ClientMessageId = request?.ClientMessageId ?? "",
                Platform = CallerReader.Platform(Context.User!),
            },
            customer));
        await ListenAsync(me, opened.Number);
        return new(opened.Number, opened.Sequence, opened.SentAt);
    }

    /// <summary>Listens to a conversation from now on and returns what came after a sequence.</summary>
    public async Task<JoinAnswer> Join(long number, long afterSequence)
    {
        var me = Me;
        me.DemandSign();
        me.DemandTries();
        if (!me.ListensTo(number))
        {
            _ = await queries.LastSequenceAsync(number, me.Caller, Context.ConnectionAborted) ?? throw me.Miss();
        }

        // Listen first, then read: a message that falls in between comes twice, and the client knows it by its sequence.
        await ListenAsync(me, number);
        var state = await queries.ConversationAsync(number, me.Caller, Context.ConnectionAborted) ?? throw me.Miss();
        var messages = afterSequence >= state.LastSequence ? [] : await queries.MessagesAsync(number, afterSequence, me.Caller, cancellation: Context.ConnectionAborted) ?? throw me.Miss();
        return new(
            [.. messages.Select(ChatMessage.Of)], messages.Count > 0 ? messages[^1].Sequence : state.LastSequence, state.Status.ToString().ToLowerInvariant(), state.AssigneeName,
            SideState.Of(rooms.Presence.IsHere(number, "customer"), state.Customer), SideState.Of(rooms.Presence.IsHere(number, "staff"), state.Staff));
    }

    /// <summary>Sends a message. The answer comes once it is on disk; the same client id again gives the same answer.</summary>
    public async Task<SendAnswer> Send(long number, SendRequest? request)
    {
        var me = Me;
        me.DemandMessage();
        me.DemandTries();
        // Whoever hangs up has sent it all the same, so nothing here gives up waiting.
        var content = new MessageContent(request?.Body, request?.Attachments);
        var posted = Unwrap(me, me.Caller switch
        {
            CustomerCaller customer => await commands.PostAsync(number, content, request?.ClientMessageId, customer),
            StaffCaller staff => await commands.ReplyAsync(number, content, request?.ClientMessageId, isAutomated: false, staff, request?.SeenSequence),
            _ => throw me.Miss(),
        });
        return new(posted.Sequence, posted.SentAt);
    }

    /// <summary>Says that the caller began or stopped typing. Without another word it ends by itself.</summary>
    public async Task Typing(long number, bool isTyping)
    {
        var me = await DemandVisibleAsync(number);
        me.TypesIn = isTyping ? number : null;
        signals.Publish(new(number, me.Who, me.Caller.Name, IsTyping: isTyping));
    }

    /// <summary>Says how far the caller has read. It is kept, and told to the other side once it is.</summary>
    public async Task Read(long number, long sequence)
    {
        var me = await DemandVisibleAsync(number);
        rooms.Marks.Note(new(number, me.Side, ReadMark.ReadTo(sequence)));
    }

    /// <summary>Says how far the caller's page has got the messages, read or not. Kept and told likewise.</summary>
    public async Task Received(long number, long sequence)
    {
        var me = await DemandVisibleAsync(number);
        rooms.Marks.Note(new(number, me.Side, ReadMark.ReceivedTo(sequence)));
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        var me = Me;
        if (me.TypesIn is { } number)
        {
            signals.Publish(new(number, me.Who, me.Caller.Name, IsTyping: false));
        }

        me.Leave();
        return base.OnDisconnectedAsync(exception);
    }

    private async Task ListenAsync(ChatConnection me, long number)
    {
        rooms.Listen(me, number);
        await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(number), Context.ConnectionAborted);
    }

    /// <summary>The connection, once it is sure that it may see the conversation: one that it listens to was looked up before.</summary>
    private async Task<ChatConnection> DemandVisibleAsync(long number)
    {
        var me = Me;
        me.DemandSign();
        me.DemandTries();
        if (!me.ListensTo(number))
        {
            _ = await queries.LastSequenceAsync(number, me.Caller, Context.ConnectionAborted) ?? throw me.Miss();
        }

        return me;
    }

    private static T Unwrap<T>(ChatConnection me, Outcome<T> outcome) => outcome.Refusal switch
    {
        null => outcome.Value!,
        { Kind: RefusalKind.NotFound } => throw me.Miss(),
        var refusal => throw new HubException($"{refusal.Code}: {refusal.Message}"),
    };
}
