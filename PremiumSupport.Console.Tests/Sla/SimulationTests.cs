using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>The past replayed under another policy.</summary>
public sealed class SimulationTests
{
    private static readonly DateTimeOffset Start = At("2026-01-13 09:00:00");
    private static readonly DateTimeOffset Now = At("2026-03-01 00:00:00");

    [Fact]
    public void A_shorter_target_breaks_what_was_answered_between_the_two()
    {
        var result = Replay(Critical(minutes: 20), Past(19), Past(20), Past(21), Past(31));

        Assert.Equal(new SimulatedLine(3, 1, 2, 2), result.Total);
        Assert.Equal((1, 0), (result.MoreBreaches, result.FewerBreaches));
        Assert.Equal([new ChangedPromise(21, Metric.FirstResponse, 1, Start, Start.AddMinutes(30), Start.AddMinutes(20), Start.AddMinutes(21), true)], result.Changed);
        Assert.Equal(1, result.ByRule[0].Line.Difference);
        Assert.Equal([Channel.Email], result.ByChannel.Select(line => line.Channel));
    }

    [Fact]
    public void A_longer_target_keeps_what_was_late() =>
        Assert.Equal((0, 1), Count(Replay(Critical(minutes: 40), Past(31), Past(41))));

    [Fact]
    public void The_policy_in_force_changes_nothing() => Assert.Equal((0, 0), Count(Replay(Policy(), Past(19), Past(30), Past(31), Past(null))));

    [Fact]
    public void Rule_3_an_answer_at_the_deadline_is_met() => Assert.Equal(1, Replay(Critical(minutes: 20), Past(20)).Total.WouldBeMet);

    [Fact]
    public void Rule_8_a_decline_moves_to_an_hour_from_creation_unless_the_shorter_target_had_passed()
    {
        var declined = Past(50) with { Changes = [new(Start.AddMinutes(25), Severity.Standard)], DueAt = Start.AddHours(1), WasBreached = false };

        Assert.Equal((0, 0), Count(Replay(Critical(minutes: 26), declined)));
        Assert.Equal((1, 0), Count(Replay(Critical(minutes: 20), declined)));
        Assert.Equal((0, 0), Count(Replay(Critical(minutes: 25), declined)));
    }

    [Fact]
    public void Rule_8_raising_counts_from_its_moment_and_never_makes_it_later()
    {
        var raised = Past(55) with { Severity = Severity.Standard, Changes = [new(Start.AddMinutes(20), Severity.BusinessCritical)], DueAt = Start.AddMinutes(50), WasBreached = true };

        Assert.Equal((0, 1), Count(Replay(Critical(minutes: 40), raised)));
        Assert.Equal(Start.AddMinutes(60), Replay(Critical(minutes: 45), raised).Changed.Single().WouldBeDueAt);
        Assert.Equal((0, 0), Count(Replay(Critical(minutes: 30), raised)));
    }

    [Fact]
    public void Rule_13_an_exception_of_its_scope_stops_the_clock()
    {
        ExceptionWindow Window(ExceptionScope scope, string? value) => new(Guid.NewGuid(), Start.AddMinutes(10), Start.AddMinutes(15), scope, value, ExceptionReason.Incident, "");

        Assert.Equal((0, 0), Count(Replay(Critical(minutes: 20), [Window(ExceptionScope.Account, "acme")], Past(25))));
        Assert.Equal((1, 0), Count(Replay(Critical(minutes: 20), [Window(ExceptionScope.Account, "globex")], Past(25))));
        Assert.Equal((1, 0), Count(Replay(Critical(minutes: 10), [Window(ExceptionScope.Everything, null)], Past(25))));
    }

    [Fact]
    public void Rule_6_waiting_for_the_customer_stops_a_next_response()
    {
        var policy = Policy();
        policy = policy with { Rules = [.. policy.Rules, new(Channel.Email, null, null, Metric.NextResponse, Commitment.Target, PromiseTarget.Of(TimeSpan.FromMinutes(30)), BusinessCalendar.AlwaysOpenKey, [])] };
        var next = Past(50) with { Metric = Metric.NextResponse, Waits = [new(Start.AddMinutes(5), Start.AddMinutes(25), StopKind.Waiting)], WasBreached = false };

        Assert.Equal((0, 0), Count(Replay(policy, next)));
        Assert.Equal((1, 0), Count(Replay(policy, next with { Waits = [] })));
    }

    [Fact]
    public void Rule_9_what_was_merged_is_neither_and_what_no_rule_speaks_of_is_said()
    {
        var result = Replay(Policy(), Past(null) with { WasMerged = true }, Past(5) with { Metric = Metric.NextResponse });

        Assert.Equal((1, 1, 0), (result.Merged, result.Unpromised, result.Total.WasMet + result.Total.WasBreached));
    }

    [Fact]
    public void What_is_still_open_either_way_is_left_out()
    {
        var open = Past(null) with { StartedAt = Now.AddMinutes(-25), DueAt = Now.AddMinutes(5), WasBreached = false };
        var result = Replay(Critical(minutes: 20), open);

        Assert.Equal((1, 0), (result.Open, result.Total.WouldBeBreached));
    }

    [Fact]
    public void A_plan_has_rules_of_its_own()
    {
        var policy = Policy();
        policy = policy with { Rules = [policy.Rules[0] with { Plan = "gold", Target = PromiseTarget.Of(TimeSpan.FromMinutes(5)) }, .. policy.Rules] };

        Assert.Equal((1, 0), Count(Replay(policy, Past(6) with { Plan = "Gold" }, Past(6))));
    }

    [Fact]
    public void Business_days_are_walked_on_the_changed_policys_calendar()
    {
        // Friday afternoon in Berlin; Monday is shut.
        var user = Past(null) with { Role = RequesterRole.User, Severity = Severity.Standard, StartedAt = At("2026-01-16 14:00:00"), DueAt = At("2026-01-19 14:00:00"), AnsweredAt = At("2026-01-20 13:00:00"), WasBreached = true };

        Assert.Equal(At("2026-01-20 14:00:00"), Replay(Policy(Holiday("2026-01-19")), user).Changed.Single().WouldBeDueAt);
    }

    [Fact]
    public void The_sentence_names_what_was_changed_and_what_came_of_it()
    {
        var result = Replay(Critical(minutes: 20), Past(19), Past(21), Past(31));

        Assert.Equal(
            "Email form, Super Admin, business critical at 20 minutes: 1 more breach, 2 instead of 1, among promises made between 1 Jan 2026 and 31 Jan 2026 (UTC).",
            SimulationWords.Sentence(Policy(), Critical(minutes: 20), At("2026-01-01"), At("2026-02-01"), result));
        Assert.StartsWith("With the targets as they are: no breach more and none less", SimulationWords.Sentence(Policy(), Policy(), At("2026-01-01"), At("2026-02-01"), Replay(Policy(), Past(5))), StringComparison.Ordinal);
    }

    /// <summary>The defaults but for the time of a critical email.</summary>
    private static SlaPolicy Critical(int minutes)
    {
        var policy = Policy();
        return policy with { Rules = [policy.Rules[0] with { Target = PromiseTarget.Of(TimeSpan.FromMinutes(minutes)) }, .. policy.Rules.Skip(1)] };
    }

    /// <summary>A critical email of a Super Admin, due after half an hour, answered after so many minutes, which are its number too.</summary>
    private static PastPromise Past(int? answeredAfter) => new()
    {
        Ticket = answeredAfter ?? 0, Metric = Metric.FirstResponse, StartedAt = Start, Channel = Channel.Email, Role = RequesterRole.SuperAdmin, Severity = Severity.BusinessCritical,
        AccountKey = "acme", DueAt = Start.AddMinutes(30), AnsweredAt = answeredAfter is { } minutes ? Start.AddMinutes(minutes) : null, WasBreached = answeredAfter is null or > 30,
    };

    private static SimulationResult Replay(SlaPolicy policy, params PastPromise[] past) => Replay(policy, [], past);

    private static SimulationResult Replay(SlaPolicy policy, ExceptionWindow[] exceptions, params PastPromise[] past)
    {
        var simulation = new Simulation(policy, exceptions, Now);
        foreach (var promise in past)
        {
            simulation.Add(promise);
        }

        return simulation.ToResult();
    }

    private static (int More, int Fewer) Count(SimulationResult result) => (result.MoreBreaches, result.FewerBreaches);
}
