using System.Globalization;
using CsCheck;
using NodaTime;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>What may happen to a ticket.</summary>
internal enum Deed { Answer, AutomaticAnswer, Note, CustomerWrites, Wait, Open, Solve, Decline, Confirm, Raise, Lower, Bounce, Except, ApplyPolicy, Merge, Sweep }

/// <summary>A deed and its moment: so many seconds after the one before it, or so many after the next deadline.</summary>
/// <param name="What">The deed.</param>
/// <param name="After">Seconds after the deed before.</param>
/// <param name="ToDeadline">When not null, the moment is the next deadline and so many seconds instead, if that is still to come.</param>
/// <param name="OnSecond">Whether it happens to the second ticket.</param>
/// <param name="From">For an exception: seconds from the deed to its beginning.</param>
/// <param name="Length">For an exception: its length in seconds.</param>
internal sealed record LifeDeed(Deed What, int After, int? ToDeadline, bool OnSecond, int From, int Length)
{
    public override string ToString() => $"{What}{(OnSecond ? "'" : "")} {(ToDeadline is { } off ? $"due{off:+0;-0;+0}" : $"+{After}")}{(What == Deed.Except ? $" [{From}, {From + Length})" : "")}";
}

/// <summary>Two tickets of one account from their beginnings, an office, two versions of a policy, and everything that happens.</summary>
internal sealed record LifeCase(ClockCase Office, NaivePolicy First, NaivePolicy Second, bool IsClaimed, bool IsSecondClaimed, int SecondAfter, LifeDeed[] Deeds)
{
    private static readonly string[][] StepSets = [["50%", "75%", "-00:05:00"], ["50%", "75%", "-00:05:00"], ["33%", "99%"], ["-00:05:00"], []];

    private static readonly Gen<NaiveTerms> Duration = Gen.Select(
        Gen.Frequency((4, Gen.OneOf(900, 1800, 3600, 7200, 14_400)), (2, Gen.Int[601, 40_000])), Gen.Bool, Gen.OneOf(StepSets),
        (seconds, isOffice, steps) => new NaiveTerms(TimeSpan.FromSeconds(seconds), 0, isOffice, steps));

    private static readonly Gen<NaiveTerms> Days = Gen.Select(Gen.Int[1, 2], Gen.OneOf(StepSets), (days, steps) => new NaiveTerms(null, days, true, steps));

    private static readonly Gen<NaiveTerms> Terms = Gen.Frequency((4, Duration), (1, Days));

    private static readonly Gen<NaivePolicy> Policies = Gen.Select(Duration, Terms, Terms, Gen.Int[0, 3], (critical, standard, next, hasNext) => new NaivePolicy(critical, standard, hasNext > 0 ? next : null));

    private static readonly Gen<int> Offset = Gen.Frequency((4, Gen.Int[0, 60].Select(minutes => minutes * 60)), (3, Gen.Int[0, 20_000]), (1, Gen.Int[0, 200_000]), (1, Gen.Const(0)));

    private static readonly Gen<LifeDeed> AnyDeed = Gen.Select(
        Gen.Frequency(
            (5, Gen.Const(Deed.Answer)), (5, Gen.Const(Deed.CustomerWrites)), (4, Gen.Const(Deed.Wait)), (4, Gen.Const(Deed.Except)), (2, Gen.Const(Deed.Raise)), (2, Gen.Const(Deed.Decline)),
            (2, Gen.Const(Deed.ApplyPolicy)), (2, Gen.Const(Deed.Merge)), (1, Gen.OneOf(Deed.AutomaticAnswer, Deed.Note)), (1, Gen.Const(Deed.Open)), (1, Gen.Const(Deed.Solve)),
            (1, Gen.OneOf(Deed.Confirm, Deed.Lower)), (1, Gen.Const(Deed.Bounce)), (2, Gen.Const(Deed.Sweep))),
        Offset,
        Gen.Frequency((4, Gen.Const((int?)null)), (2, Gen.Int[-1, 1].Select(off => (int?)off)), (1, Gen.Int[-7200, 0].Select(off => (int?)off))),
        Gen.Int[0, 3].Select(which => which == 0),
        Offset, Gen.Frequency((3, Gen.Int[1, 12].Select(quarters => quarters * 900)), (1, Gen.Int[1, 100_000])),
        (what, after, due, onSecond, from, length) => new LifeDeed(what, after, due, onSecond, from, length));

    /// <summary>Lives that lean, as their offices do, towards the nights on which clocks change, leap days, year ends and short days.</summary>
    public static Gen<LifeCase> Any { get; } = Gen.Select(ClockCase.Any, Policies, Policies, Gen.Select(Gen.Bool, Gen.Bool), Offset, AnyDeed.Array[1, 10],
        (office, first, second, claims, after, deeds) => new LifeCase(office with { Start = DateTimeOffset.FromUnixTimeSeconds(office.Start.ToUnixTimeSeconds()) }, first, second, claims.Item1, claims.Item2, after, deeds));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(IsClaimed ? "claimed" : "plain")}, second {(IsSecondClaimed ? "claimed" : "plain")} +{SecondAfter}; {string.Join(", ", Deeds.Select(deed => deed.ToString()))}; v1 {Text(First)}; v2 {Text(Second)}; {Office}");

    private static string Text(NaivePolicy policy) => $"{Text(policy.Critical)} / {Text(policy.Standard)} / {(policy.Next is null ? "-" : Text(policy.Next))}";

    private static string Text(NaiveTerms terms) => $"{terms.Duration?.ToString() ?? terms.Days + " days"}{(terms.IsOffice ? " office" : "")} [{string.Join(' ', terms.Steps)}]";
}
