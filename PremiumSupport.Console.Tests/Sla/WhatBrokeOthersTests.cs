using System.Globalization;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla.Oracle;

namespace PremiumSupport.Tests.Sla;

/// <summary>
/// Each line is a life that another well-known desk got wrong: checks each few minutes, replies that count up to a minute late, edits that rewrite history, statuses that buy time.
/// A Super Admin's ticket of 10:00:00, promised within the hour, or within 30 minutes where it is claimed critical. Times are minutes and seconds since then.
/// </summary>
public class WhatBrokeOthersTests
{
    private static readonly DateTimeOffset Start = Given.At("2026-01-13 10:00:00");

    [Theory]

    // Late by less than the distance of two checks.
    [InlineData("an answer exactly at the deadline", "plain; answer 60:00; sweep 90:00", "due 60:00, answered 60:00, warned 50% 75% -00:05:00")]
    [InlineData("one millisecond late", "plain; answer 60:00.001; sweep 90:00", "due 60:00, breached 60:00, answered 60:00.001, warned 50% 75% -00:05:00")]
    [InlineData("one second late", "plain; answer 60:01; sweep 90:00", "due 60:00, breached 60:00, answered 60:01, warned 50% 75% -00:05:00")]
    [InlineData("59 seconds late", "plain; answer 60:59; sweep 90:00", "due 60:00, breached 60:00, answered 60:59, warned 50% 75% -00:05:00")]
    [InlineData("a late answer between two sweeps", "plain; sweep 59:30; answer 60:05; sweep 64:30", "due 60:00, breached 60:00, answered 60:05, warned 50% 75% -00:05:00")]
    [InlineData("no answer and no sweep for a day", "plain; sweep 1440:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]
    [InlineData("a hundred sweeps", "plain; sweep 60:00; sweep 60:00.001; sweep 60:00.001; sweep 61:00; sweep 62:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]

    // A change after the breach makes it good.
    [InlineData("priority raised after a breach", "plain; raise 61:00; answer 62:00", "due 60:00, breached 60:00, answered 62:00, warned 50% 75% -00:05:00")]
    [InlineData("priority lowered after a breach", "claimed; confirm 5:00; lower 40:00; answer 50:00", "due 30:00, breached 30:00, answered 50:00, warned 50% 75% -00:05:00")]
    [InlineData("priority lowered before it buys no time", "claimed; confirm 5:00; lower 10:00; answer 50:00", "due 30:00, breached 30:00, answered 50:00, warned 50% 75% -00:05:00")]
    [InlineData("claim declined after a breach", "claimed; decline 31:00; answer 59:00", "due 30:00, breached 30:00, answered 59:00, warned 50% 75% -00:05:00")]
    [InlineData("claim declined in time", "claimed; decline 30:00; answer 59:00", "due 60:00, answered 59:00, warned 50% 75% -00:05:00")]
    [InlineData("closed after a breach", "plain; solve 61:00; sweep 99:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]

    // An edit rewrites what was promised.
    [InlineData("policy edited to four hours", "plain; publish longer 10:00; answer 61:00", "due 60:00, breached 60:00, answered 61:00, warned 50% 75% -00:05:00")]
    [InlineData("policy edited to four hours and applied to open tickets", "plain; publish longer 10:00; apply 10:00; answer 61:00", "due 60:00, breached 60:00, answered 61:00, warned 50% 75% -00:05:00")]
    [InlineData("policy edited to ten minutes and applied after them", "plain; publish shorter 20:00; apply 20:00; answer 30:00", "due 30:00, answered 30:00, warned 50% 75% -00:05:00")]
    [InlineData("policy edited to ten minutes and applied after a breach", "plain; publish shorter 61:00; apply 61:00; answer 62:00", "due 60:00, breached 60:00, answered 62:00, warned 50% 75% -00:05:00")]
    [InlineData("policy deleted", "plain; publish nothing 10:00; apply 10:00; answer 61:00", "due 60:00, breached 60:00, answered 61:00, warned 50% 75% -00:05:00")]

    // A status buys time before anybody has spoken.
    [InlineData("status waiting before any answer", "plain; wait 1:00; open 70:00; answer 71:00", "due 60:00, breached 60:00, answered 71:00, warned 50% 75% -00:05:00")]
    [InlineData("status waiting until after the deadline", "plain; wait 1:00; sweep 600:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]
    [InlineData("status solved before any answer", "plain; solve 1:00; sweep 600:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]
    [InlineData("taken by somebody", "plain; open 1:00; sweep 61:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]

    // What is no answer counts as one.
    [InlineData("an automatic answer", "plain; auto 0:01; sweep 61:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]
    [InlineData("an internal note", "plain; note 0:30; sweep 61:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]
    [InlineData("a survey", "plain; solve 1:00; auto 1:01; sweep 61:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]
    [InlineData("the customer's own second message", "plain; customer 2:00; sweep 61:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]
    [InlineData("an answer that bounced", "plain; answer 10:00; bounce 20:00; sweep 61:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]
    [InlineData("an answer that bounced after the deadline", "plain; answer 10:00; bounce 70:00; sweep 71:00", "due 60:00, breached 60:00, warned 50% 75% -00:05:00")]
    [InlineData("the second of two answers bounced", "plain; answer 10:00; answer 11:00; bounce 20:00; sweep 61:00", "due 60:00, answered 10:00")]

    // The clock starts again, or never.
    [InlineData("reopened after solve", "plain; answer 10:00; solve 11:00; customer 300:00; sweep 900:00", "due 60:00, answered 10:00")]
    [InlineData("reopened after a late answer", "plain; answer 61:00; solve 62:00; customer 300:00; answer 301:00", "due 60:00, breached 60:00, answered 61:00, warned 50% 75% -00:05:00")]
    public void Others(string what, string life, string outcome) => Assert.Equal((what, outcome), (what, Live(life).Outcome));

    [Theory]
    [InlineData("an older ticket merged into a newer keeps its start and its deadline", "plain", 40, "merge 45:00; answer 61:00", "due 60:00, breached 60:00, answered 61:00, warned 50% 75% -00:05:00 | due 100:00, answered 61:00")]
    [InlineData("in time for both", "plain", 40, "merge 45:00; answer 59:00", "due 60:00, answered 59:00, warned 50% 75% -00:05:00 | due 100:00, answered 59:00")]
    [InlineData("a breach does not merge away", "plain", 40, "merge 61:00; answer 62:00", "due 60:00, breached 60:00, answered 62:00, warned 50% 75% -00:05:00 | due 100:00, answered 62:00")]
    [InlineData("an answered one brings nothing", "plain; answer 10:00", 40, "merge 45:00; answer 101:00", "due 100:00, breached 100:00, answered 101:00, warned 50% 75% -00:05:00")]
    public void Merge_of_an_older_ticket(string what, string older, int minutesLater, string then, string outcome)
    {
        var (first, second) = Live(older, minutesLater, then);
        Assert.All(first.Facts.Obligations, promise => Assert.True(promise.MergedAt is not null || promise.AnsweredAt is not null, what));
        Assert.DoesNotContain(first.Ledger, fact => fact.Kind == LedgerKind.Met && fact.At > Start.AddMinutes(minutesLater));
        Assert.Equal((what, outcome), (what, string.Join(" | ", second.Facts.Obligations.OrderBy(promise => promise.StartedAt).Select(Text))));
    }

    [Theory]
    [InlineData("16:45:30", "00:30:00", "2026-01-14 09:15:30")]
    [InlineData("16:30:00", "00:30:00", "2026-01-13 17:00:00")]
    [InlineData("16:30:01", "00:30:00", "2026-01-14 09:00:01")]
    [InlineData("17:00:00", "00:30:00", "2026-01-14 09:30:00")]
    [InlineData("16:59:59", "00:00:02", "2026-01-14 09:00:01")]
    public void Seconds_are_kept_across_the_close_of_the_office(string start, string target, string due) =>
        Assert.Equal(Given.At($"{due} +01:00"), Given.Office("Europe/Berlin", "09:00-17:00").AddOpenTime(Given.At($"2026-01-13 {start} +01:00"), Given.Long(target)));

    private static (EngineTicket Ticket, string Outcome) Live(string life)
    {
        var ticket = Begin(life, out _, out var deeds);
        Do(ticket, deeds);
        return (ticket, Text(ticket.Facts.Obligations.Single()));
    }

    private static (EngineTicket First, EngineTicket Second) Live(string older, int minutesLater, string then)
    {
        var first = Begin(older, out var world, out var deeds);
        Do(first, deeds);
        var second = new EngineTicket(world, 2, isClaimed: false, Start.AddMinutes(minutesLater));
        foreach (var (verb, at) in Deeds(then))
        {
            if (verb == "merge")
            {
                first.MergeInto(second, at);
            }
            else
            {
                Do(second, [(verb, at)]);
            }
        }

        return (first, second);
    }

    /// <summary>A published version counts for new tickets; only an act of its own applies it to open ones.</summary>
    private static EngineTicket Begin(string life, out EngineWorld world, out IReadOnlyList<(string Verb, DateTimeOffset At)> deeds)
    {
        var parts = life.Split("; ");
        deeds = [.. parts.Skip(1).SelectMany(Deeds)];
        var first = Given.Policy();
        var second = deeds.Select(deed => deed.Verb).FirstOrDefault(verb => verb.StartsWith("publish", StringComparison.Ordinal)) switch
        {
            "publish longer" => Edited(first, TimeSpan.FromHours(4)),
            "publish shorter" => Edited(first, TimeSpan.FromMinutes(10)),
            _ => new SlaPolicy(2, "Everything deleted", [], first.Calendars),
        };
        world = new(first, second);
        return new(world, 1, parts[0] == "claimed", Start);
    }

    private static SlaPolicy Edited(SlaPolicy policy, TimeSpan target) =>
        policy with { Version = 2, Rules = [.. policy.Rules.Select(rule => rule.Target.Duration is null ? rule : rule with { Target = PromiseTarget.Of(target) })] };

    private static void Do(EngineTicket ticket, IEnumerable<(string Verb, DateTimeOffset At)> deeds)
    {
        foreach (var (verb, at) in deeds)
        {
            Deed? deed = verb switch
            {
                "answer" => Deed.Answer, "auto" => Deed.AutomaticAnswer, "note" => Deed.Note, "customer" => Deed.CustomerWrites, "wait" => Deed.Wait, "open" => Deed.Open, "solve" => Deed.Solve,
                "decline" => Deed.Decline, "confirm" => Deed.Confirm, "raise" => Deed.Raise, "lower" => Deed.Lower, "bounce" => Deed.Bounce, "apply" => Deed.ApplyPolicy, "sweep" => Deed.Sweep, _ => null,
            };
            if (deed is { } what)
            {
                ticket.Do(new(what, 0, null, false, 0, 0), at);
            }
        }
    }

    private static IEnumerable<(string Verb, DateTimeOffset At)> Deeds(string text) => text.Split("; ").Select(deed =>
    {
        var space = deed.LastIndexOf(' ');
        var time = deed[(space + 1)..].Split(':');
        return (deed[..space], Start.AddMinutes(int.Parse(time[0], CultureInfo.InvariantCulture)).AddSeconds(double.Parse(time[1], CultureInfo.InvariantCulture)));
    });

    private static string Text(ObligationFacts promise) => string.Join(", ", new[]
    {
        $"due {Time(promise.DueAt)}", promise.BreachedAt is { } breached ? $"breached {Time(breached)}" : "", promise.AnsweredAt is { } answered ? $"answered {Time(answered)}" : "",
        promise.Warnings.Any(warning => warning.FiredAt is not null) ? $"warned {string.Join(' ', promise.Warnings.Where(warning => warning.FiredAt is not null).Select(warning => warning.Step))}" : "",
    }.Where(part => part.Length > 0));

    private static string Time(DateTimeOffset at)
    {
        var since = at - Start;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)since.TotalMinutes}:{since.Seconds:00}{(since.Milliseconds > 0 ? $".{since.Milliseconds:000}" : "")}");
    }
}
