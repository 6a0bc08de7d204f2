using System.Collections.Concurrent;
using CsCheck;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>
/// Whole lives of two tickets, every rule at once, by the engine and by a clerk with pencil and paper (<see cref="NaiveTicket"/>). What stands in the end must be the same: every
/// promise with its deadlines, its answer, its breach and the warnings that fired, each with its moment; and in the engine's ledger each flag once.
/// </summary>
public class WholeLifeTests
{
    [Fact]
    public void The_engine_and_the_clerk_come_to_the_same_promises_deadlines_flags_and_outcomes()
    {
        var differences = new ConcurrentBag<string>();
        var (streams, cases) = (8, Sampled.Cases(3_000));
        Parallel.For(0, streams, new() { MaxDegreeOfParallelism = 2 }, stream =>
        {
            foreach (var life in Sampled.Of(LifeCase.Any, cases / streams, (uint)(1_000 + stream)))
            {
                foreach (var difference in Differences(life))
                {
                    differences.Add(difference);
                }
            }
        });

        Assert.True(differences.IsEmpty, $"{differences.Count} differences in {cases:N0} lives:\n{string.Join("\n\n", differences.OrderBy(text => text.Length).Take(5))}");
    }

    [Fact]
    public void The_lives_reach_what_they_are_for()
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var life in Sampled.Of(LifeCase.Any, 600, stream: 1_100))
        {
            var (one, other) = Play(life, out _);
            foreach (var promise in one.Facts.Obligations.Concat(other.Facts.Obligations))
            {
                reached.Add($"{promise.Metric} {(promise.MergedAt is not null ? "merged" : promise.BreachedAt is not null ? "breached" : "met")}");
                reached.Add($"due {(promise.IsExcepted ? "moved by an exception" : "as it was")}");
                reached.Add($"waiting {(promise.Stops.Any(stop => stop.Kind == StopKind.Waiting) ? "moved it" : "did not")}");
                reached.Add($"cycle {Math.Min(promise.Cycle, 2)}");
            }

            reached.UnionWith(one.Ledger.Where(fact => fact.Kind == LedgerKind.Retargeted).Select(fact => fact.Data["reason"]));
        }

        Assert.Equal<string>(
            [
                "FirstResponse breached", "FirstResponse merged", "FirstResponse met", "NextResponse breached", "NextResponse merged", "NextResponse met", "cycle 1", "cycle 2", "declined", "due as it was",
                "due moved by an exception", "paused", "policy", "raised", "resumed", "waiting did not", "waiting moved it",
            ], reached);
    }

    private static IEnumerable<string> Differences(LifeCase life)
    {
        string[] found;
        try
        {
            var (one, other) = Play(life, out var naive);
            found = [.. Compare("first", one, naive.One), .. Compare("second", other, naive.Other), .. Twice(one), .. Twice(other)];
        }
        catch (Exception failure)
        {
            found = [$"threw {failure}"];
        }

        return found.Select(difference => $"{difference}\n  in {life}");
    }

    private static (EngineTicket One, EngineTicket Other) Play(LifeCase life, out (NaiveTicket One, NaiveTicket Other) naive)
    {
        var start = life.Office.Start.ToUnixTimeMilliseconds();
        var approved = new List<(long From, long To)>();
        var world = new NaiveWorld(life.Office.Naive(), life.First, life.Second, start);
        var engine = new EngineWorld(life);
        var (clerkOne, clerkOther) = (new NaiveTicket(world, approved, life.IsClaimed, start), new NaiveTicket(world, approved, life.IsSecondClaimed, start + (life.SecondAfter * 1000L)));
        var (one, other) = (new EngineTicket(engine, 1, life.IsClaimed, At(start)), new EngineTicket(engine, 2, life.IsSecondClaimed, At(start + (life.SecondAfter * 1000L))));
        var now = start + (life.SecondAfter * 1000L);
        foreach (var deed in life.Deeds)
        {
            var (clerk, ticket) = deed.OnSecond && !clerkOther.IsClosed ? (clerkOther, other) : (clerkOne, one);
            var due = deed.ToDeadline is { } off && clerk.NextDue() is { } next ? Math.DivRem(next, 1000).Quotient * 1000 + (off * 1000L) : 0;
            now = due >= now ? due : now + (deed.After * 1000L);
            switch (deed.What)
            {
                case Deed.Except:
                    var window = (From: now + (deed.From * 1000L), To: now + (deed.From * 1000L) + (deed.Length * 1000L));
                    approved.Add(window);
                    clerkOne.Except(window, now);
                    clerkOther.Except(window, now);
                    engine.Approved.Add(new(new(approved.Count, 0, 0, new byte[8]), At(window.From), At(window.To), ExceptionScope.Everything, null, ExceptionReason.Incident, ""));
                    one.Except(At(now));
                    other.Except(At(now));
                    break;
                case Deed.Merge when !clerkOther.IsClosed:
                    clerkOther.MergeInto(clerkOne, now);
                    other.MergeInto(one, At(now));
                    break;
                default:
                    Do(clerk, deed.What, now);
                    ticket.Do(deed, At(now));
                    break;
            }
        }

        var end = now + (120 * 86_400_000L);
        clerkOne.Sweep(end);
        clerkOther.Sweep(end);
        one.Do(new(Deed.Sweep, 0, null, false, 0, 0), At(end));
        other.Do(new(Deed.Sweep, 0, null, false, 0, 0), At(end));
        naive = (clerkOne, clerkOther);
        return (one, other);
    }

    /// <summary>The clerk sweeps only when something happens; when the engine sweeps must not matter.</summary>
    private static void Do(NaiveTicket clerk, Deed deed, long now)
    {
        Action<long> act = deed switch
        {
            Deed.Answer => clerk.Answer,
            Deed.CustomerWrites => clerk.CustomerWrites,
            Deed.Wait => clerk.Wait,
            Deed.Open => clerk.Open,
            Deed.Solve => clerk.Solve,
            Deed.Decline => at => clerk.Decide(isConfirmed: false, at),
            Deed.Confirm => at => clerk.Decide(isConfirmed: true, at),
            Deed.Raise => clerk.Raise,
            Deed.Lower => clerk.Lower,
            Deed.Bounce => clerk.Bounce,
            Deed.ApplyPolicy => clerk.Apply,
            _ => _ => { },
        };
        act(now);
    }

    private static IEnumerable<string> Compare(string which, EngineTicket engine, NaiveTicket clerk)
    {
        var (found, expected) = (engine.Describe().ToList(), clerk.Describe().ToList());
        if (!found.SequenceEqual(expected))
        {
            yield return $"{which}: engine {string.Join("\n    ", found.Except(expected))}\n   clerk {string.Join("\n    ", expected.Except(found))}";
        }
    }

    private static IEnumerable<string> Twice(EngineTicket ticket) => ticket.Ledger
        .Where(fact => fact.Kind is LedgerKind.Warned or LedgerKind.Breached)
        .GroupBy(fact => (fact.Kind, fact.Metric, fact.Cycle, Step: fact.Data.GetValueOrDefault("step")))
        .Where(same => same.Count() > 1).Select(same => $"{same.Count()} times in the ledger: {same.Key}");

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
