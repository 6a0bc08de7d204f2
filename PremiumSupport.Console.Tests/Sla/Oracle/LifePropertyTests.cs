using CsCheck;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>Rules 3, 4, 8 and 11 over random lives of a promise: no outcome depends on when or how often a job ran.</summary>
public class LifePropertyTests
{
    private enum Deed { Decline, Raise, Answer, Bounce }

    private static readonly DateTimeOffset Start = Given.At("2026-01-16 15:10:00");

    private static readonly SlaPolicy Policy = Given.Policy();

    /// <summary>Moments in the life: anywhere, and on, just before and just after the instants that matter.</summary>
    private static readonly Gen<long> Moment = Gen.Frequency(
        (3, Gen.Long[0, 100 * 60_000]),
        (3, Gen.Select(Gen.OneOf(15L, 22, 25, 30, 45, 50, 55, 60), Gen.OneOf(-1L, 0, 1), (minute, off) => (minute * 60_000) + off)));

    private static readonly Gen<(ClaimState Claim, (long At, Deed Deed)[] Deeds, long[] Sweeps)> Lives = Gen.Select(
        Gen.OneOf(ClaimState.None, ClaimState.Pending),
        Gen.Select(Moment, Gen.OneOf(Deed.Decline, Deed.Raise, Deed.Answer, Deed.Bounce)).Array[0, 4].Select(deeds => deeds.OrderBy(deed => deed.Item1).ToArray()),
        Moment.Array[0, 12].Select(sweeps => sweeps.Order().ToArray()));

    [Fact]
    public void Rule_4_sweeps_at_any_moments_leave_the_same_flags_and_the_same_ledger_as_one_at_the_end()
    {
        foreach (var life in Sampled.Of(Lives, 3_000, stream: 30))
        {
            var (unswept, once) = Live(life.Claim, life.Deeds, []);
            var (swept, often) = Live(life.Claim, life.Deeds, life.Sweeps);

            Assert.Equal((Text(life), Flags(unswept)), (Text(life), Flags(swept)));
            Assert.Equal(once.Select(Row), often.Select(Row));
        }
    }

    [Fact]
    public void Rule_11_catching_up_twice_is_catching_up_once()
    {
        foreach (var (life, again) in Sampled.Of(Gen.Select(Lives, Moment), 1_500, stream: 31))
        {
            var (obligation, _) = Live(life.Claim, life.Deeds, life.Sweeps);
            var (same, nothing) = ObligationClock.CatchUp(obligation, Start.AddMilliseconds(again));

            Assert.Same(obligation, same);
            Assert.Empty(nothing);
        }
    }

    [Fact]
    public void Rule_4_a_breach_is_recorded_at_most_once_and_nothing_ever_removes_it()
    {
        foreach (var life in Sampled.Of(Lives, 1_500, stream: 32))
        {
            var (obligation, ledger) = Live(life.Claim, life.Deeds, life.Sweeps);
            var breaches = ledger.Where(fact => fact.Kind == LedgerKind.Breached).ToList();

            Assert.True(breaches.Count == (obligation.BreachedAt is null ? 0 : 1), Text(life));
            Assert.All(breaches, fact => Assert.Equal(obligation.BreachedAt, fact.At));
            Assert.Equal(obligation.BreachedAt is not null, ObligationClock.StateAt(obligation, Start.AddHours(3)) == ObligationState.Breached);
            Assert.True(obligation.BreachedAt is null || obligation.DetectedAt > obligation.BreachedAt, Text(life));
        }
    }

    [Fact]
    public void Rule_11_each_step_is_warned_of_at_most_once_in_a_life()
    {
        foreach (var life in Sampled.Of(Lives, 1_500, stream: 33))
        {
            var steps = Live(life.Claim, life.Deeds, life.Sweeps).Ledger.Where(fact => fact.Kind == LedgerKind.Warned).Select(fact => fact.Data["step"]).ToList();

            Assert.True(steps.Count == steps.Distinct().Count(), Text(life));
        }
    }

    [Fact]
    public void Rule_8_only_a_decline_moves_a_deadline_later()
    {
        foreach (var life in Sampled.Of(Lives, 1_500, stream: 34))
        {
            foreach (var moved in Live(life.Claim, life.Deeds, life.Sweeps).Ledger.Where(fact => fact.Kind == LedgerKind.Retargeted && fact.Data["reason"] != nameof(Deed.Decline)))
            {
                Assert.True(string.CompareOrdinal(moved.Data["dueAt"], moved.Data["from"]) <= 0, Text(life));
            }
        }
    }

    [Fact]
    public void The_next_flag_is_the_first_moment_at_which_catching_up_does_something()
    {
        foreach (var life in Sampled.Of(Lives, 1_500, stream: 35))
        {
            var last = life.Deeds.Select(deed => deed.At).Concat(life.Sweeps).DefaultIfEmpty(0).Max();
            var obligation = Live(life.Claim, life.Deeds, life.Sweeps, until: last).Obligation;
            if (obligation.NextFlagAt is not { } next)
            {
                Assert.Empty(ObligationClock.CatchUp(obligation, Start.AddYears(1)).Ledger);
                continue;
            }

            Assert.Empty(ObligationClock.CatchUp(obligation, next.AddMilliseconds(-1)).Ledger);
            Assert.NotEmpty(ObligationClock.CatchUp(obligation, next).Ledger);
        }
    }

    private static ObligationClock.Outcome Live(ClaimState claim, (long At, Deed Deed)[] deeds, long[] sweeps, long until = 2 * 3_600_000)
    {
        var request = Given.Request("2026-01-16 15:10:00", claim);
        var outcome = new ObligationClock.Outcome(Given.Promised(request, Policy), []);
        var steps = deeds.Select(deed => (deed.At, Deed: (Deed?)deed.Deed)).Concat(sweeps.Select(at => (At: at, Deed: (Deed?)null))).OrderBy(step => step.At).Append((At: until, Deed: null));
        foreach (var (at, deed) in steps)
        {
            var now = Start.AddMilliseconds(at);
            var next = deed switch
            {
                Deed.Answer => ObligationClock.Answer(outcome.Obligation, now),
                Deed.Bounce => ObligationClock.Bounce(outcome.Obligation, "bounced", now),
                Deed.Decline => ObligationClock.Retarget(outcome.Obligation, Given.Promised(request with { Claim = ClaimState.Declined }, Policy), nameof(Deed.Decline), now),
                Deed.Raise => ObligationClock.Retarget(outcome.Obligation, PromiseClock.Raise(Policy, Policy.Rules[0], request, outcome.Obligation, now), nameof(Deed.Raise), now),
                _ => ObligationClock.CatchUp(outcome.Obligation, now),
            };
            outcome = next with { Ledger = [.. outcome.Ledger, .. next.Ledger] };
        }

        return outcome;
    }

    /// <summary>All of an obligation that must not depend on sweeps: everything but when its flags were noticed.</summary>
    private static string Flags(ObligationFacts obligation) => string.Join(
        ' ', obligation.DueAt, obligation.AnsweredAt, obligation.BreachedAt, string.Join(',', obligation.Warnings.Select(warning => $"{warning.Step}@{ObligationClock.Text(warning.At)} {warning.FiredAt is not null}")));

    private static string Row(LedgerFact fact) => $"{fact.Kind} {ObligationClock.Text(fact.At)} {fact.Data.GetValueOrDefault("step")} {fact.Data.GetValueOrDefault("dueAt")}";

    private static string Text((ClaimState Claim, (long At, Deed Deed)[] Deeds, long[] Sweeps) life) =>
        $"{life.Claim}: {string.Join(", ", life.Deeds.Select(deed => $"{deed.Deed} {TimeSpan.FromMilliseconds(deed.At):c}"))}; sweeps {string.Join(", ", life.Sweeps.Select(at => TimeSpan.FromMilliseconds(at).ToString("c")))}";
}
