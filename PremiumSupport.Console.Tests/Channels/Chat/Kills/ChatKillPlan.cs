namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>What a run is made of; it ends when there were as many kills and as many acknowledgements as it asks for.</summary>
/// <param name="Conversations">A customer and a specialist write in each.</param>
/// <param name="InPages">How many of them are written and watched in real browser pages; in the others both use the hub.</param>
/// <param name="LongestPeace">How long the server is left alone at most once it answers.</param>
/// <param name="LostAnswers">The share of answers that nobody hears.</param>
internal sealed record ChatKillPlan(int Conversations, int InPages, int Kills, int Acks, TimeSpan LongestPeace, double LostAnswers = 0.1);

/// <summary>What a run showed.</summary>
/// <param name="Differences">What is not as it must be, in words; none in a good run.</param>
/// <param name="Repeats">Messages that hub clients sent again under the same id because no answer came.</param>
/// <param name="OpenedByHand">What a specialist's page said when it had to be opened again by hand, because it did not come back by itself.</param>
/// <param name="Complaints">Errors that the server wrote to its log.</param>
internal sealed record ChatKillResult(
    int Kills, int Acks, int AcksInPages, long Answers, long LostAnswers, int Repeats, IReadOnlyList<string> OpenedByHand, IReadOnlyList<string> Differences, IReadOnlyList<string> Complaints, IReadOnlyList<double> StartSeconds);
