namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>A message as it stands before somebody.</summary>
internal sealed record Said(long Sequence, string Text);

/// <summary>A conversation as somebody has it before them, in that order.</summary>
/// <param name="IsWhole">Whether all of it is there, or only what was seen of it at one time or another, in any order.</param>
internal sealed record View(long Conversation, string Who, IReadOnlyList<Said> Messages, bool IsWhole = true);

/// <summary>Holds what writers were told against what is stored and what readers see. Knows nothing of the server.</summary>
internal static class ChatJudge
{
    /// <summary>Everything that is not as it must be, in words; the log is whole, nothing is still being written.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<Ack> acks, IReadOnlyList<View> stored, IReadOnlyList<View> views)
    {
        var truth = stored.ToDictionary(view => view.Conversation);
        return
        [
            .. stored.SelectMany(view => Numbers(view)),
            .. stored.SelectMany(view => Doubles(view)),
            .. acks.GroupBy(ack => ack.Conversation).SelectMany(told => Told([.. told], truth.GetValueOrDefault(told.Key))),
            .. stored.Where(view => acks.All(ack => ack.Conversation != view.Conversation)).Select(view => $"conversation {view.Conversation} is nobody's"),
            .. views.SelectMany(view => view.IsWhole ? Compare(view, truth[view.Conversation]) : Glimpses(view, truth[view.Conversation])),
        ];
    }

    private static IEnumerable<string> Numbers(View view) => view.Messages
        .Where((message, index) => message.Sequence != index + 1)
        .Take(1)
        .Select(message => $"conversation {view.Conversation}: {message} stands where another sequence belongs");

    private static IEnumerable<string> Doubles(View view) => view.Messages
        .GroupBy(message => message.Text)
        .Where(same => same.Count() > 1)
        .Select(same => $"conversation {view.Conversation}: '{same.Key}' is there {same.Count()} times");

    private static IEnumerable<string> Told(IReadOnlyList<Ack> acks, View? stored)
    {
        var conversation = acks[0].Conversation;
        var places = (stored?.Messages ?? []).GroupBy(message => message.Text).ToDictionary(same => same.Key, same => same.First().Sequence);
        foreach (var ack in acks)
        {
            if (!places.TryGetValue(ack.Text, out var place))
            {
                yield return $"conversation {conversation}: '{ack.Text}' was acknowledged and is lost";
            }
            else if (ack.Sequence is { } told && told != place)
            {
                yield return $"conversation {conversation}: '{ack.Text}' was acknowledged as {told} and is {place}";
            }
        }

        foreach (var unknown in places.Keys.Except(acks.Select(ack => ack.Text)))
        {
            yield return $"conversation {conversation}: '{unknown}' is there and was acknowledged to nobody";
        }

        foreach (var writer in acks.GroupBy(ack => ack.Writer))
        {
            var own = writer.OrderBy(ack => ack.Ordinal).ToList();
            if (!own.Select(ack => ack.Ordinal).SequenceEqual(Enumerable.Range(0, own.Count)))
            {
                yield return $"conversation {conversation}: the log of {writer.Key} has a gap or a double";
            }

            var order = own.Select(ack => places.GetValueOrDefault(ack.Text, long.MaxValue)).ToList();
            if (!order.SequenceEqual(order.Order()))
            {
                yield return $"conversation {conversation}: what {writer.Key} wrote is not in the order of writing";
            }
        }
    }

    private static IEnumerable<string> Compare(View view, View stored)
    {
        if (view.Messages.SequenceEqual(stored.Messages))
        {
            yield break;
        }

        var where = $"conversation {view.Conversation}, {view.Who}";
        foreach (var missing in stored.Messages.Except(view.Messages))
        {
            yield return $"{where}: {missing} is missing";
        }

        foreach (var foreign in view.Messages.Except(stored.Messages))
        {
            yield return $"{where}: {foreign} is not stored";
        }

        foreach (var twice in view.Messages.GroupBy(message => message).Where(same => same.Count() > 1))
        {
            yield return $"{where}: {twice.Key} is there {twice.Count()} times";
        }

        if (!view.Messages.Select(message => message.Sequence).SequenceEqual(view.Messages.Select(message => message.Sequence).Order()))
        {
            yield return $"{where}: another order";
        }
    }

    private static IEnumerable<string> Glimpses(View view, View stored) =>
        view.Messages.Except(stored.Messages).Select(seen => $"conversation {view.Conversation}, {view.Who}: {seen} was seen and is not stored");
}
