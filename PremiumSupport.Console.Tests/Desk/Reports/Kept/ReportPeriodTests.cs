using NodaTime;
using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Screens.Dashboards;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Desk.Reports.Kept;

/// <summary>Which instants a period has, what it is held against, and what an address may say of it.</summary>
public sealed class ReportPeriodTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalDate Today = new(2026, 11, 28);

    [Fact]
    public void Today_is_held_against_yesterday_until_the_same_time_of_day()
    {
        var period = ReportPeriod.Of(PeriodChoice.Today, At("2026-11-28 09:30:00"), Berlin);
        Assert.Equal((At("2026-11-27 23:00:00"), At("2026-11-28 09:30:00.001"), At("2026-11-26 23:00:00"), At("2026-11-27 09:30:00.001")), (period.From, period.To, period.BeforeFrom, period.BeforeTo));
        Assert.Equal(("today", "yesterday until this time of day", "yesterday until this time of day"), (PeriodWords.In(period), PeriodWords.Before(period), PeriodWords.InBefore(period)));
    }

    [Fact]
    public void Days_that_are_over_are_held_against_as_many_before_them()
    {
        var period = ReportPeriod.Of(new(null, new(2026, 11, 1), new(2026, 11, 15)), At("2026-11-28 09:30:00"), Berlin);
        Assert.Equal((At("2026-10-31 23:00:00"), At("2026-11-15 23:00:00"), At("2026-10-16 22:00:00"), At("2026-10-31 23:00:00")), (period.From, period.To, period.BeforeFrom, period.BeforeTo));
        Assert.Equal(("from 1 Nov to 15 Nov 2026", "the 15 days before", "in the 15 days before"), (PeriodWords.In(period), PeriodWords.Before(period), PeriodWords.InBefore(period)));
    }

    [Fact]
    public void A_day_of_twenty_five_hours_is_one_day()
    {
        var period = ReportPeriod.Of(new(null, new(2026, 10, 25), new(2026, 10, 25)), At("2026-11-28 09:30:00"), Berlin);
        Assert.Equal((TimeSpan.FromHours(25), TimeSpan.FromHours(24), 1), (period.To - period.From, period.BeforeTo - period.BeforeFrom, period.Days));
    }

    [Theory]
    [InlineData(null, null, null, "", true)]
    [InlineData("7", null, null, "days=7", true)]
    [InlineData("366", null, null, "days=366", true)]
    [InlineData("367", null, null, "", false)]
    [InlineData("0", null, null, "", false)]
    [InlineData("-7", null, null, "", false)]
    [InlineData("seven", null, null, "", false)]
    [InlineData("99999999999999999999", null, null, "", false)]
    [InlineData(null, "2026-11-01", "2026-11-15", "from=2026-11-01&to=2026-11-15", true)]
    [InlineData(null, "2026-11-01", null, "from=2026-11-01&to=2026-11-28", true)]
    [InlineData(null, "2026-11-01", "2027-11-15", "from=2026-11-01&to=2026-11-28", true)]
    [InlineData(null, "2026-11-15", "2026-11-01", "", false)]
    [InlineData(null, "2026-12-01", "2026-12-02", "", false)]
    [InlineData(null, "2025-11-27", "2026-11-28", "", false)]
    [InlineData(null, "2026-02-30", "2026-11-28", "", false)]
    [InlineData(null, null, "2026-11-28", "", false)]
    [InlineData(null, "'; DROP TABLE", "2026-11-28", "", false)]
    public void An_address_means_days_or_is_told_why_not(string? days, string? from, string? to, string words, bool isFine)
    {
        var (choice, problem) = PeriodChoice.Read(days, from, to, Today);
        Assert.Equal(words, string.Join('&', choice.ToWords().Select(word => $"{word.Key}={word.Value}")));
        Assert.Equal(isFine, problem is null);
    }

    [Fact]
    public void A_filter_comes_back_from_its_address_whatever_a_name_holds()
    {
        foreach (var filter in new PromiseFilter[]
        {
            PromiseFilter.None, new() { Metric = PremiumSupport.Sla.Metric.NextResponse, Channel = PremiumSupport.Sla.Channel.Phone, Severity = PremiumSupport.Sla.Severity.BusinessCritical }, new() { Account = "a&b=<script>", Specialist = "o'hara+1@example.com" },
            new() { Specialist = "" }, new() { Outcome = PromiseOutcome.Owed, Weekday = 0, Hour = 23 }, new() { Took = (0, 60) }, new() { Took = (86_400, null) },
        })
        {
            var address = new Uri(new("http://desk.example"), ReportAddress.Of("/dashboard", PeriodChoice.Today, filter));
            var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Query);
            Assert.Equal((filter, null), PromiseFilter.Read(key => query.TryGetValue(key, out var value) ? value.ToString() : null));
        }
    }

    [Theory]
    [InlineData("metric", "speed")]
    [InlineData("metric", "1")]
    [InlineData("channel", "fax")]
    [InlineData("outcome", "lost")]
    [InlineData("weekday", "7")]
    [InlineData("hour", "24")]
    [InlineData("took", "60-60")]
    [InlineData("took", "a-b")]
    public void A_word_that_says_nothing_narrows_nothing_and_is_told(string key, string value)
    {
        var (filter, problem) = PromiseFilter.Read(other => other == key ? value : null);
        Assert.Equal(PromiseFilter.None, filter);
        Assert.Contains(key, problem, StringComparison.Ordinal);
    }
}
