using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PremiumSupport.Platform.Ui;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Platform.Ui;

/// <summary>The badge says the instants once and is right at the first paint; the browser does the rest.</summary>
public sealed class SlaBadgeTests : BunitContext
{
    private static readonly DateTimeOffset Due = new(2026, 11, 24, 14, 40, 0, 123, TimeSpan.Zero);

    [Theory]
    [InlineData(-3600_000, "on-track", "on-track")]
    [InlineData(-60_000, "at-risk", "at-risk")]
    [InlineData(0, "at-risk", "at-risk")]
    [InlineData(1, "breached", "breached")]
    public void An_open_promise_is_breached_one_millisecond_after_due(int now, string state, string look)
    {
        var badge = At(now, null);
        Assert.Equal(state, badge.GetAttribute("data-state"));
        Assert.Equal(look, badge.GetAttribute("data-look"));
    }

    [Fact]
    public void An_answer_at_the_deadline_is_met() => Assert.Equal("met", At(5_000, Due).GetAttribute("data-state"));

    [Fact]
    public void A_late_answer_stays_breached_and_is_outlined()
    {
        var badge = At(60_000, Due.AddMilliseconds(1));
        Assert.Equal("breached", badge.GetAttribute("data-state"));
        Assert.Equal("late", badge.GetAttribute("data-look"));
    }

    [Fact]
    public void Instants_are_in_whole_milliseconds_of_UTC()
    {
        var badge = At(-60_000, null);
        Assert.Equal("2026-11-24T14:40:00.123Z", badge.GetAttribute("data-due"));
        Assert.Equal("guaranteed", badge.GetAttribute("data-commitment"));
        Assert.Equal("sla-countdown", badge.GetAttribute("data-testid"));
    }

    [Fact]
    public void A_stretch_that_begins_after_the_start_is_told()
    {
        var start = Due.AddHours(-40);
        Assert.Null(BadgeState.Spans([new(start, Due)], start, Due));
        Assert.Equal("2026-11-24T12:40:00.123Z/2026-11-24T14:40:00.123Z", BadgeState.Spans([new(Due.AddHours(-2), Due)], start, Due));
    }

    [Theory]
    [InlineData(-60_000, "paused")]
    [InlineData(-120_001, "at-risk")]
    [InlineData(-30_000, "at-risk")]
    [InlineData(1, "breached")]
    public void It_is_paused_while_an_exception_holds_and_not_at_its_end(int now, string state)
    {
        ClockStop[] stops = [new(Due.AddMinutes(-2), Due.AddSeconds(-30), StopKind.Exception, "id", "incident", "Note"), new(Due.AddHours(-3), Due.AddHours(3), StopKind.Waiting)];
        Assert.Equal(state, BadgeState.Of(null, null, Due.AddMinutes(-30), Due, Due.AddMilliseconds(now), stops));
        Assert.Equal("2026-11-24T14:38:00.123Z/2026-11-24T14:39:30.123Z", BadgeState.Exceptions(stops));
        Assert.Null(BadgeState.Exceptions([]));
    }

    [Fact]
    public void It_is_paused_while_the_ticket_waits_and_promises_nothing_once_another_carries_it_on()
    {
        Assert.Equal("paused", BadgeState.Of(null, null, Due, Due, Due.AddHours(1), pausedAt: Due.AddMinutes(-1)));
        Assert.Equal("breached", BadgeState.Of(null, Due, Due, Due, Due.AddHours(1), pausedAt: Due.AddMinutes(-1)));
        Assert.Equal("none", BadgeState.Of(null, null, Due, Due, Due.AddHours(1), mergedAt: Due.AddMinutes(-1)));
    }

    [Fact]
    public void Without_a_promise_it_says_none()
    {
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Due));
        Assert.Equal("none", Render<SlaBadge>().Find("sla-badge").GetAttribute("data-state"));
    }

    private AngleSharp.Dom.IElement At(int millisecondsFromDue, DateTimeOffset? answered)
    {
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Due.AddMilliseconds(millisecondsFromDue)));
        return Render<SlaBadge>(badge => badge
            .Add(b => b.Commitment, Commitment.Guaranteed)
            .Add(b => b.StartedAt, Due.AddHours(-2))
            .Add(b => b.AtRiskAt, Due.AddMinutes(-30))
            .Add(b => b.DueAt, Due)
            .Add(b => b.AnsweredAt, answered)
            .Add(b => b.TestId, "sla-countdown")).Find("sla-badge");
    }
}
