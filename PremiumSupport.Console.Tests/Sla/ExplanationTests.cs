using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rule 15: each deadline says in words why it is that instant.</summary>
public class ExplanationTests
{
    [Fact]
    public void Rule_15_a_critical_email_of_a_super_admin_is_explained_from_entitlement_to_deadline()
    {
        var obligation = Promised(Request("2026-01-13 10:00:00", ClaimState.Pending) with { EntitledUntil = At("2026-12-31 12:00") });

        Assert.Equal(
            [
                "Acme has Premium Support until 31 Dec 2026.",
                "Ada is a designated Super Admin.",
                "The request came by the email form, which is open 24 hours a day, 7 days a week.",
                "It was claimed to be business critical: most or all users cannot sign in or reach essential tools.",
                "No specialist has decided on the claim yet, so it stands.",
                "Policy version 1 promises 30 minutes, guaranteed.",
                "The clock runs 24 × 7 and started at Tue 10:00:00 UTC.",
                "So the deadline is Tue 13 Jan 2026 10:30:00 UTC.",
            ],
            ExplanationWords.InEnglish(obligation.Explanation));
        Assert.Equal(Enum.GetValues<ExplanationKind>().Where(kind => kind is not (ExplanationKind.Exception or ExplanationKind.Waiting)), obligation.Explanation.Select(step => step.Kind));
    }

    [Fact]
    public void Rule_15_a_business_day_is_explained_by_its_walk_through_the_calendar_in_the_readers_zone()
    {
        var policy = Policy(Holiday("2026-01-19", "Founders' Day"), Holiday("2026-01-18", "A Sunday"), Holiday("2026-01-22", "Later"));
        var obligation = Promised(Request("2026-01-16 09:00:00") with { Role = RequesterRole.User, RequesterName = "Bo" }, policy);

        Assert.Equal(
            [
                "Bo is a user of the account, not a designated Super Admin.",
                "The request came by the email form, which is open 24 hours a day, 7 days a week.",
                "Policy version 1 promises 1 business day, as a target, not guaranteed.",
                "The clock runs in the business hours of office (Europe/Berlin) and started at Fri 10:00:00 (Europe/Berlin); "
                    + "it counts Fri 10:00:00 to 17:00:00, then Tue 09:00:00 to 10:00:00; shut for Founders' Day.",
                "So the deadline is Tue 20 Jan 2026 10:00:00 (Europe/Berlin).",
            ],
            ExplanationWords.InEnglish(obligation.Explanation, "Europe/Berlin"));
    }

    [Fact]
    public void Rule_15_a_stretch_that_ends_on_another_day_for_the_reader_says_so()
    {
        var obligation = Promised(Request("2026-01-13 09:00:00") with { Role = RequesterRole.User });

        Assert.Contains("it counts Tue 20:00:00 to Wed 03:00:00, then", string.Join('\n', ExplanationWords.InEnglish(obligation.Explanation, "Australia/Sydney")), StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_15_holidays_are_those_of_the_offices_own_dates()
    {
        // In Auckland it is Tuesday already when Monday, a holiday there, has hours left in UTC.
        var policy = DefaultPolicy.Create(new(), "Pacific/Auckland", [Holiday("2026-01-12", "Monday off")]);
        var obligation = Promised(Request("2026-01-12 22:00:00") with { Role = RequesterRole.User }, policy);

        Assert.Equal("", obligation.Explanation.Single(step => step.Kind == ExplanationKind.Clock).Values["holidays"]);
    }

    [Theory]
    [InlineData(ClaimState.Confirmed, "A specialist confirmed the claim.")]
    [InlineData(ClaimState.Declined, "A specialist declined the claim, so the standard promise counts from the creation of the request.")]
    public void Rule_15_the_decision_about_a_claim_is_told(ClaimState claim, string sentence) =>
        Assert.Contains(sentence, ExplanationWords.InEnglish(Promised(Request("2026-01-13 10:00:00", claim)).Explanation));

    [Theory]
    [InlineData(Channel.Chat, "The request came by chat.")]
    [InlineData(Channel.Phone, "A call back was requested.")]
    [InlineData(Channel.Mailbox, "The request came by mail to the mailbox, not by the form.")]
    public void Rule_15_the_channel_is_told(Channel channel, string sentence) =>
        Assert.Contains(sentence, ExplanationWords.InEnglish(Promised(Request("2026-01-13 10:00:00") with { Channel = channel }).Explanation));

    [Theory]
    [InlineData(ClaimCriterion.SignIn, "sign in")]
    [InlineData(ClaimCriterion.Outage, "outage")]
    [InlineData(ClaimCriterion.Content, "unreachable")]
    [InlineData(ClaimCriterion.DataLoss, "data loss")]
    public void Rule_15_the_criterion_of_a_claim_is_told(ClaimCriterion criterion, string words)
    {
        var step = Promised(Request("2026-01-13 10:00:00", ClaimState.Pending) with { Criterion = criterion }).Explanation.Single(step => step.Kind == ExplanationKind.Claim);

        Assert.Contains(words, Assert.Single(ExplanationWords.InEnglish([step])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10:20:00", "So the deadline is Tue 13 Jan 2026 10:50:00 UTC.")]
    [InlineData("10:40:00", "The deadline promised before is not later, so it stands: Tue 13 Jan 2026 11:00:00 UTC.")]
    public void Rule_15_a_raised_severity_is_explained_by_the_raise_not_by_a_claim_declined_before(string raisedAt, string due)
    {
        var (policy, request) = (Policy(), Request("2026-01-13 10:00:00", ClaimState.Declined));
        var raised = PromiseClock.Raise(policy, policy.Rules[0], request, Promised(request, policy), At($"2026-01-13 {raisedAt}"));
        var words = ExplanationWords.InEnglish(raised.Explanation);

        Assert.Equal(
            [
                $"A specialist raised the request to business critical at Tue {raisedAt} UTC.",
                "Policy version 1 promises 30 minutes, guaranteed.",
                $"The clock runs 24 × 7 and started at Tue {raisedAt} UTC.",
                due,
            ],
            words.Skip(3));
    }

    [Fact]
    public void Rule_15_a_zone_that_is_not_known_is_answered_in_utc() =>
        Assert.EndsWith("10:30:00 UTC.", ExplanationWords.InEnglish(Promised(Request("2026-01-13 10:00:00", ClaimState.Pending)).Explanation, "Europe/Atlantis")[^1], StringComparison.Ordinal);

    [Theory]
    [InlineData("00:30:00", "30 minutes")]
    [InlineData("01:00:00", "1 hour")]
    [InlineData("01:01:01", "1 hour 1 minute 1 second")]
    [InlineData("1.02:00:30", "26 hours 30 seconds")]
    [InlineData("00:00:00", "0 seconds")]
    public void Rule_12_durations_are_said_to_the_second(string duration, string words) =>
        Assert.Equal(words, ExplanationWords.Target(PromiseTarget.Of(Long(duration))));

    [Fact]
    public void Business_days_are_said_as_such()
    {
        Assert.Equal("1 business day", ExplanationWords.Target(PromiseTarget.OfBusinessDays(1)));
        Assert.Equal("2 business days", ExplanationWords.Target(PromiseTarget.OfBusinessDays(2)));
        Assert.Equal("", ExplanationWords.Target(new()));
    }
}
