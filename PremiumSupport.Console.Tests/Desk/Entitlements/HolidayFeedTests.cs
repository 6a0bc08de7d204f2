using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Desk.Entitlements;

/// <summary>Feeds of holidays: what is one is laid out day by day, what is none is refused in words, and nothing is taken over that nobody ticked.</summary>
public class HolidayFeedTests
{
    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"holidays\": []}")]
    [InlineData("<html><body>Not found</body></html>")]
    [InlineData("BEGIN:VCARD\r\nEND:VCARD")]
    [InlineData("BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=BOGUS\r\nEND:VEVENT\r\nEND:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nEND:VCALENDAR")]
    [InlineData("\u0000\u0001PK BEGIN:VCALENDAR \u0000")]
    public void A_file_that_is_no_feed_is_refused_in_words(string text)
    {
        var feed = HolidayFeed.Read(text, 2026, 2027, "Europe/Berlin");

        Assert.False(string.IsNullOrEmpty(feed.Problem));
        Assert.Empty(feed.Days);
        Assert.DoesNotContain("Exception", feed.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_years_events_and_days_have_limits()
    {
        Assert.Contains("KB", HolidayFeed.Read(new string(' ', HolidayFeed.Largest + 1), 2026, 2026, "Etc/UTC").Problem, StringComparison.Ordinal);
        Assert.Contains("10 years", HolidayFeed.Read(Feed("DTSTART;VALUE=DATE:20260101"), 2026, 2036, "Etc/UTC").Problem, StringComparison.Ordinal);
        Assert.Contains("10 years", HolidayFeed.Read(Feed("DTSTART;VALUE=DATE:20260101"), 2027, 2026, "Etc/UTC").Problem, StringComparison.Ordinal);
        Assert.Contains("2,001 events", HolidayFeed.Read(Feed([.. Enumerable.Repeat("DTSTART;VALUE=DATE:20260101", 2001)]), 2026, 2026, "Etc/UTC").Problem, StringComparison.Ordinal);
        Assert.Contains("1,000 days", HolidayFeed.Read(Feed("DTSTART;VALUE=DATE:19000101\r\nRRULE:FREQ=DAILY"), 2026, 2030, "Etc/UTC").Problem, StringComparison.Ordinal);
    }

    /// <summary>An event, and the days it comes to in 2026 and 2027.</summary>
    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20261225", "2026-12-25")]
    [InlineData("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227", "2026-12-25 2026-12-26")]
    [InlineData("DTSTART;VALUE=DATE:20251230\r\nDTEND;VALUE=DATE:20260103", "2026-01-01 2026-01-02")]
    [InlineData("DTSTART;VALUE=DATE:20271231\r\nDTEND;VALUE=DATE:20280103", "2027-12-31")]
    [InlineData("DTSTART;VALUE=DATE:20100501\r\nRRULE:FREQ=YEARLY", "2026-05-01 2027-05-01")]
    [InlineData("DTSTART;VALUE=DATE:20100501\r\nRRULE:FREQ=YEARLY;UNTIL=20261231", "2026-05-01")]
    [InlineData("DTSTART;VALUE=DATE:20100501\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20260501", "2027-05-01")]
    [InlineData("DTSTART;VALUE=DATE:20101125\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26 2027-11-25")]
    [InlineData("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY", "")]
    [InlineData("DTSTART;VALUE=DATE:20250101", "")]
    public void Events_of_whole_days_are_laid_out_within_the_years(string lines, string days)
    {
        var feed = HolidayFeed.Read(Feed(lines), 2026, 2027, "Europe/Berlin");

        Assert.Null(feed.Problem);
        Assert.Empty(feed.LeftOut);
        Assert.Equal(days, string.Join(' ', feed.Days.Select(day => $"{day.Date:yyyy-MM-dd}")));
        Assert.All(feed.Days, day => Assert.Null(day.From));
    }

    /// <summary>An event with times, and the hours it comes to in Berlin.</summary>
    [Theory]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261224T120000\r\nDTEND;TZID=Europe/Berlin:20261224T180000", "2026-12-24 12:00-18:00")]
    [InlineData("DTSTART;TZID=W. Europe Standard Time:20261224T120000\r\nDTEND;TZID=W. Europe Standard Time:20261224T180000", "2026-12-24 12:00-18:00")]
    [InlineData("DTSTART:20261224T110000Z\r\nDURATION:PT2H", "2026-12-24 12:00-14:00")]
    [InlineData("DTSTART;TZID=America/New_York:20261224T170000\r\nDTEND;TZID=America/New_York:20261224T190000", "2026-12-24 23:00-24:00 2026-12-25 00:00-01:00")]
    [InlineData("DTSTART:20261224T120000\r\nDTEND:20261224T130000", "2026-12-24 12:00-13:00")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261224T000000\r\nDTEND;TZID=Europe/Berlin:20261225T000000", "2026-12-24 all day")]
    public void Events_with_times_are_told_in_the_calendars_zone(string lines, string hours)
    {
        var feed = HolidayFeed.Read(Feed(lines), 2026, 2026, "Europe/Berlin");

        Assert.Equal(hours, string.Join(' ', feed.Days.Select(day => $"{day.Date:yyyy-MM-dd} {(day.From is { } from ? $"{PolicyWords.Time(from)}-{PolicyWords.Time(day.To!.Value)}" : "all day")}")));
    }

    [Theory]
    [InlineData("DTSTART:20260101T000000Z\r\nRRULE:FREQ=SECONDLY", "within a day")]
    [InlineData("DTSTART:20260101T000000Z\r\nRRULE:FREQ=DAILY;BYHOUR=1,2,3", "within a day")]
    [InlineData("DTSTART;VALUE=DATE:20240101\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "could not be worked out")]
    [InlineData("DTSTART;TZID=Nowhere/Known:20261224T120000\r\nDTEND;TZID=Nowhere/Known:20261224T130000", "'Nowhere/Known' is not known")]
    [InlineData("DESCRIPTION:nothing else", "no date")]
    public void An_event_that_cannot_be_laid_out_is_named_and_the_others_stay(string lines, string why)
    {
        var feed = HolidayFeed.Read(Feed(lines, "DTSTART;VALUE=DATE:20261225"), 2026, 2026, "Europe/Berlin");

        Assert.Contains(why, Assert.Single(feed.LeftOut), StringComparison.Ordinal);
        Assert.Single(feed.Days);
    }

    [Fact]
    public void Names_become_one_line_of_bounded_length()
    {
        var feed = HolidayFeed.Read(Feed($"SUMMARY:Two\\nlines {new string('x', 200)}\r\nDTSTART;VALUE=DATE:20261225").Replace("SUMMARY:Day\r\n", "", StringComparison.Ordinal), 2026, 2026, "Europe/Berlin");

        Assert.StartsWith("Two lines", feed.Days[0].Name, StringComparison.Ordinal);
        Assert.Equal(100, feed.Days[0].Name.Length);
    }

    [Fact]
    public void Beside_a_calendar_each_day_says_what_it_would_be()
    {
        var office = Office("Europe/Berlin", "09:00-12:00 13:00-17:00", Holiday("2026-12-25", "Christmas Day"));
        FeedDay[] days =
        [
            new(new(2026, 12, 24), "Christmas Eve", TimeSpan.FromHours(11), TimeSpan.FromHours(24)), new(new(2026, 12, 25), "Christmas"), new(new(2026, 12, 26), "Boxing Day"),
            new(new(2026, 12, 31), "New Year's Eve"), new(new(2026, 12, 31), "Sylvester"), new(new(2026, 12, 30), "Fireworks", TimeSpan.FromHours(20), TimeSpan.FromHours(22)),
            new(new(2026, 12, 29), "Retreat", TimeSpan.FromHours(8), TimeSpan.FromHours(18)),
        ];
        var rows = FeedRow.Of(new(days, [], null), office);

        Assert.Equal([FeedRowState.ShortDay, FeedRowState.AlreadyThere, FeedRowState.ShutAnyway, FeedRowState.New, FeedRowState.Twice, FeedRowState.OutsideHours, FeedRowState.ShortDay], rows.Select(row => row.State));
        Assert.Equal([new DaySpan(TimeSpan.FromHours(9), TimeSpan.FromHours(11))], rows[0].Spans);
        Assert.Empty(rows[6].Spans);
        Assert.Equal([true, false, true, true, false, false, true], rows.Select(row => row.CanBeTaken));
    }

    private static string Feed(params string[] events) =>
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + string.Concat(events.Select((lines, place) => $"BEGIN:VEVENT\r\nUID:{place}\r\nSUMMARY:Day\r\n{lines}\r\nEND:VEVENT\r\n")) + "END:VCALENDAR\r\n";
}
