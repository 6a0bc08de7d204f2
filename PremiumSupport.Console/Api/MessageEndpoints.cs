using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Api;

/// <summary>A ticket's messages and notes by REST, in the order in which they were written.</summary>
internal sealed class MessageEndpoints(TicketCommands commands, TicketQueries queries)
{
    public async Task<IResult> ListAsync(long number, HttpContext http)
    {
        var query = new ApiQuery(http);
        var (after, most) = (query.Long("afterSequence") ?? 0, Math.Clamp(query.Long("limit") ?? 200, 1, 500));
        if (!ConversationCursor.TryRead(http.Request.Query["cursor"], after, out var position))
        {
            query.Refuse("cursor", "That cursor is not one of ours; leave it out to begin anew.");
        }

        if (query.Refusal is { } invalid)
        {
            return invalid.ToResult();
        }

        var caller = http.Staff();
        if (await queries.MessagesAsync(number, position.Sequence, caller, (int)most + 1, http.RequestAborted) is not { } messages)
        {
            return Refusal.TicketNotFound.ToResult();
        }

        var notes = await queries.NotesAsync(number, position.Sequence, position.Note, (int)most + 1, caller, http.RequestAborted);
        var found = messages.Select(message => (At: new ConversationPosition(message.Sequence, 0), Out: MessageOut.Of(message)))
            .Concat(notes.Select(note => (At: new ConversationPosition(note.BehindSequence, note.Id), Out: MessageOut.Of(note))))
            .OrderBy(item => item.At.Sequence).ThenBy(item => item.At.Note)
            .ToList();
        var page = found.Take((int)most).ToList();
        return WireJson.Result(new Page<MessageOut>([.. page.Select(item => item.Out)], found.Count > page.Count ? ConversationCursor.Write(page[^1].At) : null));
    }

    public async Task<IResult> PostAsync(long number, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<MessageInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var caller = http.Staff();
        var id = input!.ClientMessageId ?? Idempotency.MessageId(http, caller) ?? Guid.CreateVersion7().ToString("N");
        var content = new MessageContent(input.Body, input.Attachments);
        var posted = input.Visibility switch
        {
            "public" or null => await commands.ReplyAsync(number, content, id, input.Automated ?? false, caller, input.SeenSequence, http.RequestAborted),
            "internal" => await commands.AddNoteAsync(number, content, id, caller, http.RequestAborted),
            _ => Refusal.Invalid(("visibility", "Say public or internal.")),
        };
        return posted.Refusal is { } refusal ? refusal.ToResult() : WireJson.Result(posted.Value, StatusCodes.Status201Created);
    }
}
