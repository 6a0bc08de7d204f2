using System.Text.Json;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Bad input of rule 10: a draft is refused in words, with every field that is wrong, before anybody is promised anything under it.</summary>
public class PolicyCheckTests
{
    private static readonly string Good = PolicyJson.Write(Policy(Holiday("2026-12-25", "Christmas Day"), ShortDay("2026-12-24", "09:00-12:00")));

    [Fact]
    public void The_default_policy_passes_and_stays_what_it_is()
    {
        var read = PolicyCheck.Of(Draft(Good), 1, "The defaults of the first start");

        Assert.Empty(read.Problems);
        Assert.Empty(read.Hints);
        Assert.Equal(Good, PolicyJson.Write(read.Policy!));
    }

    /// <summary>What is wrong, a change to the default policy's JSON, the field that must be named, a word of the sentence.</summary>
    public static TheoryData<string, string, string, string, string> Refusals => new()
    {
        { "no rules", "rules", "[]", "rules", "promises nothing" },
        { "rules are null", "rules", "null", "rules", "promises nothing" },
        { "a rule is null", "rules[0]", "null", "rules[0]", "never null" },
        { "unknown channel", "rules[0].channel", "\"fax\"", "rules[0].channel", "email, chat, phone or mailbox" },
        { "a number for a word", "rules[0].channel", "\"0\"", "rules[0].channel", "email, chat" },
        { "two words", "rules[0].channel", "\"email, chat\"", "rules[0].channel", "email, chat" },
        { "no channel", "rules[0].channel", "null", "rules[0].channel", "email, chat" },
        { "unknown role", "rules[0].role", "\"boss\"", "rules[0].role", "superAdmin or user" },
        { "unknown severity", "rules[0].severity", "\"huge\"", "rules[0].severity", "standard or businessCritical" },
        { "unknown metric", "rules[0].metric", "\"resolution\"", "rules[0].metric", "firstResponse" },
        { "unknown commitment", "rules[0].commitment", "\"maybe\"", "rules[0].commitment", "guaranteed or target" },
        { "a plan too long", "rules[0].plan", $"\"{new string('p', 41)}\"", "rules[0].plan", "40 characters" },
        { "no target", "rules[0].target", "null", "rules[0].target", "how long" },
        { "neither duration nor days", "rules[0].target", "{}", "rules[0].target", "how long" },
        { "both duration and days", "rules[0].target", """{"duration":"00:30:00","businessDays":1}""", "rules[0].target", "never both" },
        { "a negative target", "rules[0].target", """{"duration":"-00:30:00"}""", "rules[0].target", "longer than nothing" },
        { "a zero target", "rules[0].target", """{"duration":"00:00:00"}""", "rules[0].target", "longer than nothing" },
        { "a target too long", "rules[0].target", """{"duration":"90.00:00:00.001"}""", "rules[0].target", "90 days" },
        { "a target absurdly long", "rules[0].target", """{"duration":"10000000.00:00:00"}""", "rules[0].target", "90 days" },
        { "finer than a millisecond", "rules[0].target", """{"duration":"00:00:01.0000001"}""", "rules[0].target", "whole milliseconds" },
        { "no duration", "rules[0].target", """{"duration":"half an hour"}""", "rules[0].target", "00:30:00" },
        { "no business day", "rules[2].target", """{"businessDays":0}""", "rules[2].target", "1 to 90" },
        { "negative business days", "rules[2].target", """{"businessDays":-1}""", "rules[2].target", "1 to 90" },
        { "too many business days", "rules[2].target", """{"businessDays":91}""", "rules[2].target", "1 to 90" },
        { "a target that its calendar cannot reach in a year", "rules[2].target", """{"duration":"90.00:00:00"}""", "rules[2].target", "more than a year" },
        { "an unknown calendar", "rules[2].calendar", "\"night\"", "rules[2].calendar", "no calendar 'night'" },
        { "no calendar", "rules[2].calendar", "null", "rules[2].calendar", "24x7" },
        { "a warning of nothing", "rules[0].warnings[0]", "{}", "rules[0].warnings[0]", "one of the two" },
        { "a warning of both", "rules[0].warnings[0]", """{"percent":50,"before":"00:05:00"}""", "rules[0].warnings[0]", "one of the two" },
        { "a warning at nothing", "rules[0].warnings[0]", """{"percent":0}""", "rules[0].warnings[0]", "1 to 99" },
        { "a warning at the end", "rules[0].warnings[0]", """{"percent":100}""", "rules[0].warnings[0]", "1 to 99" },
        { "a warning behind the end", "rules[0].warnings[2]", """{"before":"-00:05:00"}""", "rules[0].warnings[2]", "longer than nothing" },
        { "a warning twice", "rules[0].warnings[1]", """{"percent":50}""", "rules[0].warnings[1]", "twice" },
        { "too many warnings", "rules[0].warnings", $"[{string.Join(',', Enumerable.Range(1, 11).Select(step => $$"""{"percent":{{step}}}"""))}]", "rules[0].warnings", "at most 10" },
        { "at risk never", "atRiskPercent", "100", "atRiskPercent", "1 to 99" },
        { "a calendar is null", "calendars[0]", "null", "calendars[0]", "never null" },
        { "no key", "calendars[0].key", "\"\"", "calendars[0].key", "1 to 40" },
        { "a key of odd letters", "calendars[0].key", "\"<b>\"", "calendars[0].key", "letters, digits" },
        { "the reserved key", "calendars[0].key", "\"24X7\"", "calendars[0].key", "never stops" },
        { "an unknown zone", "calendars[0].zone", "\"Europe/Atlantis\"", "calendars[0].zone", "'Europe/Atlantis'" },
        { "no zone", "calendars[0].zone", "null", "calendars[0].zone", "Europe/Berlin" },
        { "a fixed offset is no zone", "calendars[0].zone", "\"UTC+02\"", "calendars[0].zone", "IANA" },
        { "an unknown day", "calendars[0].week.day", """[["09:00","17:00"]]""", "calendars[0].week.day", "mon, tue" },
        { "a day twice", "calendars[0].week.monday", """[["09:00","17:00"]]""", "calendars[0].week.monday", "twice" },
        { "overlapping spans", "calendars[0].week.mon", """[["09:00","12:00"],["11:59","17:00"]]""", "calendars[0].week.mon", "overlaps" },
        { "spans out of order", "calendars[0].week.mon", """[["13:00","17:00"],["09:00","12:00"]]""", "calendars[0].week.mon", "in the order of the day" },
        { "a span that ends before it begins", "calendars[0].week.mon", """[["17:00","09:00"]]""", "calendars[0].week.mon", "before it begins" },
        { "an empty span", "calendars[0].week.mon", """[["09:00","09:00"]]""", "calendars[0].week.mon", "before it begins" },
        { "no time of day", "calendars[0].week.mon", """[["9","17:00"]]""", "calendars[0].week.mon", "09:00 and 17:00" },
        { "beyond midnight", "calendars[0].week.mon", """[["09:00","25:00"]]""", "calendars[0].week.mon", "24:00" },
        { "half a span", "calendars[0].week.mon", """[["09:00"]]""", "calendars[0].week.mon", "two times of day" },
        { "too many spans", "calendars[0].week.mon", $"[{string.Join(',', Enumerable.Range(1, 13).Select(hour => $"[\"{hour:00}:00\",\"{hour:00}:30\"]"))}]", "calendars[0].week.mon", "at most 12" },
        { "it never opens", "calendars[0].week", "{}", "calendars[0].week", "never opens" },
        { "it has no week", "calendars[0].week", "null", "calendars[0].week", "never opens" },
        { "no date", "calendars[0].holidays[0].date", "\"25.12.2026\"", "calendars[0].holidays[0].date", "2026-12-25" },
        { "a day that is not", "calendars[0].holidays[0].date", "\"2026-02-29\"", "calendars[0].holidays[0].date", "not a date" },
        { "a date of long ago", "calendars[0].holidays[0].date", "\"0001-01-01\"", "calendars[0].holidays[0].date", "between 2000" },
        { "a name too long", "calendars[0].holidays[0].name", $"\"{new string('n', 101)}\"", "calendars[0].holidays[0].name", "100 characters" },
        { "a date special twice", "calendars[0].shortDays[0].date", "\"2026-12-25\"", "calendars[0].shortDays[0].date", "twice" },
        { "a short day without hours", "calendars[0].shortDays[0].spans", "[]", "calendars[0].shortDays[0].spans", "a holiday" },
        { "a short day of bad hours", "calendars[0].shortDays[0].spans", """[["12:00","09:00"]]""", "calendars[0].shortDays[0].spans", "before it begins" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_draft_is_refused_with_the_field(string why, string change, string value, string field, string word)
    {
        var read = PolicyCheck.Of(Draft(Json.With(Good, change, value)), 2, "");

        Assert.Null(read.Policy);
        Assert.True(read.Problems.Any(problem => problem.Field == field && problem.Message.Contains(word, StringComparison.Ordinal)), $"{why}: {string.Join('\n', read.Problems)}");
    }

    [Fact]
    public void Two_calendars_cannot_have_one_key()
    {
        var draft = Draft(Good);
        draft.Calendars!.Add(draft.Calendars[0]! with { Key = "Office" });

        Assert.Equal("calendars[1].key", Assert.Single(PolicyCheck.Of(draft, 2, "").Problems).Field);
    }

    [Fact]
    public void There_are_limits_to_rules_calendars_and_days()
    {
        var many = Draft(Good);
        many.Rules = [.. Enumerable.Repeat(many.Rules![0], PolicyLimits.Rules + 1)];
        Assert.Contains("at most 200 rules", Assert.Single(PolicyCheck.Of(many, 2, "").Problems).Message, StringComparison.Ordinal);

        many = Draft(Good);
        many.Calendars = [.. Enumerable.Range(0, PolicyLimits.Calendars + 1).Select(place => many.Calendars![0]! with { Key = $"c{place}" })];
        Assert.Contains(PolicyCheck.Of(many, 2, "").Problems, problem => problem.Field == "calendars");

        many = Draft(Good);
        many.Calendars![0]!.Holidays = [.. Enumerable.Range(0, PolicyLimits.SpecialDays).Select(day => new DayDraft { Date = new DateOnly(2026, 1, 1).AddDays(day).ToString("yyyy-MM-dd", null) })];
        Assert.Contains("at most 400", Assert.Single(PolicyCheck.Of(many, 2, "").Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_together()
    {
        var draft = Draft(Good);
        draft.Rules![0]!.Target = new() { Duration = "-00:30:00" };
        draft.Rules[1]!.Calendar = "night";
        draft.Calendars![0]!.Zone = "Europe/Atlantis";
        draft.Calendars[0]!.Week!["tue"] = [["17:00", "09:00"]];

        Assert.Equal(
            ["calendars[0].week.tue", "calendars[0].zone", "rules[0].target", "rules[1].calendar"],
            PolicyCheck.Of(draft, 2, "").Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
    }

    /// <summary>Which rule of the default policy is taken away, and who is left out then.</summary>
    [Theory]
    [InlineData(0, "a Super Admin who asks by the email form, business critical")]
    [InlineData(1, "a Super Admin who asks by the email form, standard")]
    [InlineData(2, "a user who is no Super Admin who asks by the email form")]
    [InlineData(3, "a Super Admin who writes straight to the mailbox", "a user who is no Super Admin who writes straight to the mailbox")]
    [InlineData(4, "a Super Admin who asks for a call", "a user who is no Super Admin who asks for a call")]
    [InlineData(5, "a Super Admin who asks by chat", "a user who is no Super Admin who asks by chat")]
    public void A_policy_that_leaves_a_case_without_a_rule_names_the_case(int without, params string[] left)
    {
        var draft = Draft(Good);
        draft.Rules!.RemoveAt(without);
        var read = PolicyCheck.Of(draft, 2, "");

        Assert.Equal(left, read.Problems.Select(problem => problem.Message.Split(" to ", 2)[1].TrimEnd('.').Replace(". Add one", "", StringComparison.Ordinal)));
        Assert.All(read.Problems, problem => Assert.Equal("rules", problem.Field));
    }

    [Fact]
    public void A_rule_of_one_plan_does_not_close_a_gap()
    {
        var draft = Draft(Good);
        draft.Rules![5]!.Plan = "premium";

        Assert.Equal(2, PolicyCheck.Of(draft, 2, "").Problems.Count(problem => problem.Message.Contains("outside the plan premium", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_call_back_is_no_answer_to_an_email_and_a_next_response_no_first_one()
    {
        var draft = Draft(Good);
        draft.Rules![5]!.Metric = "nextResponse";

        Assert.Equal(2, PolicyCheck.Of(draft, 2, "").Problems.Count);
    }

    [Fact]
    public void A_rule_that_can_never_match_is_a_hint_and_names_the_rule_above()
    {
        var draft = Draft(Good);
        draft.Rules!.Add(draft.Rules[0]! with { Plan = "premium" });
        draft.Rules.Add(new() { Channel = "email", Metric = "firstResponse", Commitment = "target", Target = new() { Duration = "01:00:00" }, Calendar = "24x7", Severity = "standard" });
        var read = PolicyCheck.Of(draft, 2, "");

        Assert.NotNull(read.Policy);
        Assert.Equal(["rules[6]", "rules[7]"], read.Hints.Select(hint => hint.Field));
        Assert.Contains("rule 1 above speaks", read.Hints[0].Message, StringComparison.Ordinal);
        Assert.Contains("rules 2 and 3 above speak", read.Hints[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_still_decides_something_is_no_hint()
    {
        var draft = Draft(Good);
        draft.Rules!.Insert(0, draft.Rules[0]! with { Plan = "premium", Warnings = [] });

        Assert.Empty(PolicyCheck.Of(draft, 2, "").Hints);
    }

    [Fact]
    public void A_calendar_that_no_rule_uses_is_a_hint()
    {
        var draft = Draft(Good);
        draft.Calendars!.Add(draft.Calendars[0]! with { Key = "spare" });

        Assert.Equal("calendars[1]", Assert.Single(PolicyCheck.Of(draft, 2, "").Hints).Field);
    }

    [Fact]
    public void The_longest_target_on_the_calendar_with_the_most_shut_days_still_has_a_deadline()
    {
        var draft = Draft(Good);
        draft.Rules![2]!.Target = new() { BusinessDays = 52 };
        draft.Calendars![0] = new()
        {
            Key = "office", Zone = "America/New_York", Week = new() { ["sun"] = [["02:00", "03:00"]] },
            Holidays = [.. Enumerable.Range(0, PolicyLimits.SpecialDays).Select(week => new DayDraft { Date = new DateOnly(2026, 1, 4).AddDays(7 * week).ToString("yyyy-MM-dd", null) })],
        };
        draft.Rules[3]!.Target = new() { Duration = "2.00:00:00" };
        var read = PolicyCheck.Of(draft, 2, "");

        Assert.Empty(read.Problems);
        foreach (var channel in new[] { Channel.Email, Channel.Mailbox })
        {
            var reply = Assert.Single(PolicyTester.Ask(read.Policy!, new(channel, RequesterRole.User, Severity.Standard, null, At("2026-01-01"))));
            Assert.InRange(reply.Promise.DueAt, At("2034-01-01"), At("2035-01-01"));
        }
    }

    private static PolicyDraft Draft(string json) => JsonSerializer.Deserialize<PolicyDraft>(json, JsonSerializerOptions.Web)!;
}
