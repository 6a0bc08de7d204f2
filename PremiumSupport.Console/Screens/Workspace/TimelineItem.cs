using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Screens.Workspace;

/// <summary>What a timeline can be narrowed to.</summary>
public enum TimelineShow { All, Messages, Notes, Events }

/// <summary>One entry of a ticket's timeline: a message, a note, or one or more events that belong together.</summary>
/// <param name="Key">Unique in the timeline, and the same after every reading.</param>
/// <param name="Kind">The contract's word: <c>public</c>, <c>internal</c> or <c>event</c>.</param>
public sealed record TimelineItem(string Key, string Kind, DateTimeOffset At)
{
    /// <summary>The public message, if it is one.</summary>
    public PublicMessage? Message { get; init; }

    /// <summary>The internal note, if it is one.</summary>
    public InternalNote? Note { get; init; }

    /// <summary>Where it stands among the others, when that is later than its own instant.</summary>
    private DateTimeOffset? StandsAt { get; init; }

    /// <summary>The events, if it is those; several are folded.</summary>
    public IReadOnlyList<TicketEvent> Events { get; init; } = [];

    /// <summary>
    /// The timeline in order, oldest first. Ordinary events that follow each other without a word between them fold into one entry;
    /// what concerns a promise or a claim stands alone, because people look for it.
    /// </summary>
    public static IReadOnlyList<TimelineItem> Of(Timeline timeline, TimelineShow show)
    {
        var entries = new List<TimelineItem>();
        if (show is TimelineShow.All or TimelineShow.Messages)
        {
            // By sequence, as the customer reads them: a clock that was set back while the server was away must not turn them round.
            var latest = DateTimeOffset.MinValue;
            foreach (var message in timeline.Messages)
            {
                latest = message.SentAt > latest ? message.SentAt : latest;
                entries.Add(new($"m{message.Sequence}", "public", message.SentAt) { Message = message, StandsAt = latest });
            }
        }

        if (show is TimelineShow.All or TimelineShow.Notes)
        {
            entries.AddRange(timeline.Notes.Select(note => new TimelineItem($"n{note.Id}", "internal", note.WrittenAt) { Note = note }));
        }

        if (show is TimelineShow.All or TimelineShow.Events)
        {
            entries.AddRange(timeline.Events.Select(happening => new TimelineItem($"e{happening.Id}", "event", happening.At) { Events = [happening] }));
        }

        // Of the same instant, what was said comes before what followed from it.
        var ordered = entries.OrderBy(entry => entry.StandsAt ?? entry.At).ThenBy(entry => entry.Kind == "event" ? 1 : 0);
        return show == TimelineShow.Events ? [.. ordered] : Fold(ordered);
    }

    private static List<TimelineItem> Fold(IEnumerable<TimelineItem> ordered)
    {
        var folded = new List<TimelineItem>();
        foreach (var entry in ordered)
        {
            if (folded.Count > 0 && Folds(entry) && Folds(folded[^1]))
            {
                folded[^1] = folded[^1] with { Events = [.. folded[^1].Events, .. entry.Events] };
            }
            else
            {
                folded.Add(entry);
            }
        }

        return folded;
    }

    private static bool Folds(TimelineItem entry) =>
        entry.Events.Count > 0
        && entry.Events[0].Kind is not (TicketEventKind.Warned or TicketEventKind.Breached or TicketEventKind.ClaimConfirmed or TicketEventKind.ClaimDeclined or TicketEventKind.Called or TicketEventKind.CallbackCancelled or TicketEventKind.CallbackMoved or TicketEventKind.Rated);
}
