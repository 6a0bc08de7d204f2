using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rules 1 to 5: when a promise is kept and when it is not.</summary>
public class AnswerTests
{
    private static readonly ObligationFacts Hour = Promised(Request("2026-01-13 10:00:00"));

    [Theory]
    [InlineData("10:00:00.000", ObligationState.Met)]
    [InlineData("10:59:59.999", ObligationState.Met)]
    [InlineData("11:00:00.000", ObligationState.Met)]
    [InlineData("11:00:00.001", ObligationState.Breached)]
    [InlineData("11:00:01.000", ObligationState.Breached)]
    [InlineData("18:00:00.000", ObligationState.Breached)]
    public void Rule_3_an_answer_at_the_deadline_is_met_and_one_millisecond_later_is_breached(string answered, ObligationState expected)
    {
        var now = At($"2026-01-13 {answered}");
        var (obligation, ledger) = ObligationClock.Answer(Hour, now);

        Assert.Equal(expected, ObligationClock.StateAt(obligation, now));
        Assert.Equal(expected == ObligationState.Met, obligation.BreachedAt is null);
        Assert.Equal(expected == ObligationState.Met ? LedgerKind.Met : LedgerKind.Answered, ledger[^1].Kind);
        Assert.Equal(expected == ObligationState.Breached, ledger.Any(fact => fact.Kind == LedgerKind.Breached && fact.At == Hour.DueAt));
        Assert.Equal(now, obligation.AnsweredAt);
    }

    [Theory]
    [InlineData("10:44:59.999", ObligationState.OnTrack)]
    [InlineData("10:45:00.000", ObligationState.AtRisk)]
    [InlineData("11:00:00.000", ObligationState.AtRisk)]
    [InlineData("11:00:00.001", ObligationState.Breached)]
    public void Rule_3_an_unanswered_promise_is_breached_only_after_its_deadline(string now, ObligationState expected) =>
        Assert.Equal(expected, ObligationClock.StateAt(Hour, At($"2026-01-13 {now}")));

    [Fact]
    public void Rule_3_parts_of_a_millisecond_decide_nothing_because_no_record_keeps_them()
    {
        var now = At("2026-01-13 11:00:00").AddTicks(9_999);
        var (obligation, _) = ObligationClock.Answer(Hour, now);

        Assert.Equal(At("2026-01-13 11:00:00"), obligation.AnsweredAt);
        Assert.Null(obligation.BreachedAt);
        Assert.Equal(ObligationState.AtRisk, ObligationClock.StateAt(Hour, now));
    }

    [Fact]
    public void Rule_1_a_start_is_kept_in_whole_milliseconds_of_utc()
    {
        var request = Request("2026-01-13 10:00:00") with { StartedAt = new DateTimeOffset(2026, 1, 13, 11, 0, 0, TimeSpan.FromHours(1)).AddTicks(12_345) };
        var obligation = Promised(request);

        Assert.Equal(At("2026-01-13 10:00:00.001"), obligation.StartedAt);
        Assert.Equal(At("2026-01-13 11:00:00.001"), obligation.DueAt);
        Assert.Equal(TimeSpan.Zero, obligation.StartedAt.Offset);
        Assert.Equal(TimeSpan.Zero, obligation.DueAt.Offset);
    }

    [Fact]
    public void Rule_4_a_breach_is_stamped_with_the_deadline_and_its_detection_is_a_second_field()
    {
        var (obligation, ledger) = ObligationClock.CatchUp(Hour, At("2026-01-13 13:37:00"));

        Assert.Equal(Hour.DueAt, obligation.BreachedAt);
        Assert.Equal(At("2026-01-13 13:37:00"), obligation.DetectedAt);
        var breach = Assert.Single(ledger, fact => fact.Kind == LedgerKind.Breached);
        Assert.Equal(Hour.DueAt, breach.At);
        Assert.Equal("2026-01-13T13:37:00.000Z", breach.Data["detectedAt"]);
    }

    [Fact]
    public void Rule_4_a_late_answer_between_two_sweeps_is_a_breach()
    {
        var swept = ObligationClock.CatchUp(Hour, At("2026-01-13 10:59:30")).Obligation;
        var (answered, ledger) = ObligationClock.Answer(swept, At("2026-01-13 11:00:01"));
        var (later, nothing) = ObligationClock.CatchUp(answered, At("2026-01-13 11:00:30"));

        Assert.Equal(Hour.DueAt, answered.BreachedAt);
        Assert.DoesNotContain(ledger, fact => fact.Kind == LedgerKind.Met);
        Assert.Equal(answered, later);
        Assert.Empty(nothing);
    }

    [Fact]
    public void Rule_4_a_late_answer_that_no_sweep_saw_is_found_afterwards()
    {
        var (found, ledger) = ObligationClock.CatchUp(Hour with { AnsweredAt = At("2026-01-13 11:00:01") }, At("2026-01-13 12:00:00"));

        Assert.Equal(Hour.DueAt, found.BreachedAt);
        Assert.Equal(LedgerKind.Breached, ledger[^1].Kind);
    }

    [Fact]
    public void Rule_4_an_answer_in_time_is_never_breached_however_late_the_sweep()
    {
        var answered = ObligationClock.Answer(Hour, At("2026-01-13 10:20:00")).Obligation;
        var (later, ledger) = ObligationClock.CatchUp(answered, At("2027-01-13 10:00:00"));

        Assert.Empty(ledger);
        Assert.Equal(ObligationState.Met, ObligationClock.StateAt(later, At("2027-01-13 10:00:00")));
    }

    [Fact]
    public void Rule_4_a_late_answer_does_not_remove_the_breach()
    {
        var breached = ObligationClock.CatchUp(Hour, At("2026-01-13 11:30:00")).Obligation;
        var (answered, ledger) = ObligationClock.Answer(breached, At("2026-01-13 12:00:00"));

        Assert.Equal((LedgerKind.Answered, At("2026-01-13 12:00:00")), (Assert.Single(ledger).Kind, ledger[0].At));
        Assert.Equal(Hour.DueAt, answered.BreachedAt);
        Assert.Equal(At("2026-01-13 12:00:00"), answered.AnsweredAt);
        Assert.Equal(ObligationState.Breached, ObligationClock.StateAt(answered, At("2026-01-13 12:00:00")));
    }

    [Fact]
    public void Rule_2_only_the_first_answer_counts()
    {
        var first = ObligationClock.Answer(Hour, At("2026-01-13 10:10:00")).Obligation;
        var (second, ledger) = ObligationClock.Answer(first, At("2026-01-13 12:00:00"));

        Assert.Equal(first, second);
        Assert.Empty(ledger);
    }

    [Fact]
    public void Rule_2_when_the_only_response_bounces_the_promise_is_owed_again_and_says_so()
    {
        var answered = ObligationClock.Answer(Hour, At("2026-01-13 10:10:00")).Obligation;
        var (owed, ledger) = ObligationClock.Bounce(answered, "550 no such user", At("2026-01-13 10:20:00"));

        Assert.True(owed.IsOpen);
        Assert.Equal(Hour.DueAt, owed.DueAt);
        var reopened = Assert.Single(ledger);
        Assert.Equal(LedgerKind.Reopened, reopened.Kind);
        Assert.Equal("2026-01-13T10:10:00.000Z", reopened.Data["answeredAt"]);
        Assert.Equal("550 no such user", reopened.Data["reason"]);
    }

    [Fact]
    public void Rule_2_a_bounce_after_the_deadline_is_a_breach_at_the_deadline()
    {
        var answered = ObligationClock.Answer(Hour, At("2026-01-13 10:50:00")).Obligation;
        var (owed, ledger) = ObligationClock.Bounce(answered, "bounced", At("2026-01-13 11:05:00"));

        Assert.Equal(Hour.DueAt, owed.BreachedAt);
        Assert.Equal([LedgerKind.Reopened, LedgerKind.Warned, LedgerKind.Breached], ledger.Select(fact => fact.Kind));
    }

    [Fact]
    public void Rule_2_a_bounce_of_a_promise_still_owed_reopens_nothing()
    {
        var (owed, ledger) = ObligationClock.Bounce(Hour, "bounced", At("2026-01-13 10:05:00"));

        Assert.Equal(Hour, owed);
        Assert.Empty(ledger);
    }

    [Fact]
    public void Rule_5_no_status_is_even_an_input_of_the_clock()
    {
        var inputs = new[] { typeof(ObligationClock), typeof(PromiseClock) }
            .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType)
            .SelectMany(type => type.GetProperties().Select(property => property.PropertyType).Append(type)).ToList();

        Assert.Contains(typeof(ObligationFacts), inputs);
        Assert.DoesNotContain(inputs, type => type.Name.Contains("Status", StringComparison.Ordinal));
    }
}
