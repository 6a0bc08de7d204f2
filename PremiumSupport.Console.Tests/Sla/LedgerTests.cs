using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rule 16: the chain and what its rows hold.</summary>
public class LedgerTests
{
    private static readonly DateTimeOffset Moment = At("2026-01-13 10:00:00.123");

    [Fact]
    public void Rule_16_the_text_of_the_data_does_not_depend_on_the_order_of_its_keys()
    {
        var one = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1", ["B"] = "3" };
        var other = new Dictionary<string, string> { ["B"] = "3", ["a"] = "1", ["b"] = "2" };

        Assert.Equal("""{"B":"3","a":"1","b":"2"}""", LedgerChain.Canonical(one));
        Assert.Equal(LedgerChain.Canonical(one), LedgerChain.Canonical(other));
        Assert.Equal("{}", LedgerChain.Canonical(new Dictionary<string, string>()));
    }

    [Fact]
    public void Rule_16_a_hash_is_one_that_anybody_can_compute_with_sha256() =>
        Assert.Equal(
            "03ba1b7d3f29b1db8a107a3bde0bf01cb0845e93d73618697af66dcd35a618e8",
            LedgerChain.Hash(LedgerChain.Genesis, "acme", 1, 1042, LedgerKind.Met, Moment, Metric.FirstResponse, 1, """{"dueAt":"2026-01-13T11:00:00.000Z"}"""));

    [Fact]
    public void Rule_16_every_field_of_a_row_changes_its_hash()
    {
        string[] hashes =
        [
            Row(), Row(previous: new('1', 64)), Row(account: "acme2"), Row(sequence: 2), Row(ticket: 2), Row(kind: LedgerKind.Breached), Row(at: Moment.AddMilliseconds(1)),
            Row(metric: Metric.Callback), Row(metric: null), Row(cycle: 2), Row(cycle: null), Row(data: """{"a":"1"}"""), Row(sequence: 11, ticket: 1), Row(sequence: 1, ticket: 11),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
        Assert.Equal(Row(), Row(at: new DateTimeOffset(2026, 1, 13, 11, 0, 0, 123, TimeSpan.FromHours(1))));
    }

    [Theory]
    [InlineData("2026-01-13 10:00:00", "2026-01-13T10:00:00.000Z")]
    [InlineData("2026-01-13 11:00:00.5 +01:00", "2026-01-13T10:00:00.500Z")]
    [InlineData("2026-01-13 10:00:00.1239999", "2026-01-13T10:00:00.123Z")]
    public void Rule_16_an_instant_is_written_in_whole_milliseconds_of_utc(string instant, string text)
    {
        var moment = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

        Assert.Equal(text, ObligationClock.Text(moment));
        Assert.Equal(At(text), ObligationClock.Whole(moment));
        Assert.Equal(TimeSpan.Zero, ObligationClock.Whole(moment).Offset);
    }

    [Fact]
    public void Rule_16_a_promise_writes_down_what_a_verifier_needs_to_recompute_it()
    {
        var duration = Written(Request("2026-01-13 10:00:00"));
        var days = Written(Request("2026-01-13 10:00:00") with { Role = RequesterRole.User });

        Assert.Equal((LedgerKind.Promised, At("2026-01-13 10:00"), Metric.FirstResponse, 1), (duration.Kind, duration.At, duration.Metric, duration.Cycle));
        Assert.Equal(
            """{"atRiskAt":"2026-01-13T10:45:00.000Z","calendar":"24x7","channel":"email","commitment":"guaranteed","dueAt":"2026-01-13T11:00:00.000Z","policyVersion":"1","role":"superAdmin","severity":"standard","target":"01:00:00"}""",
            LedgerChain.Canonical(duration.Data));
        Assert.Equal(("office", "target", "1 business days", "user", "tzdb 1"), (days.Data["calendar"], days.Data["commitment"], days.Data["target"], days.Data["role"], days.Data["tzdb"]));
    }

    [Fact]
    public void Rule_16_a_met_promise_writes_down_the_deadline_it_was_judged_by()
    {
        var met = Assert.Single(ObligationClock.Answer(Promised(Request("2026-01-13 10:00:00")), At("2026-01-13 10:10:00")).Ledger);

        Assert.Equal((LedgerKind.Met, At("2026-01-13 10:10"), "2026-01-13T11:00:00.000Z"), (met.Kind, met.At, met.Data["dueAt"]));
    }

    private static string Row(
        string previous = LedgerChain.Genesis, string account = "acme", long sequence = 1, long ticket = 1, LedgerKind kind = LedgerKind.Met,
        DateTimeOffset? at = null, Metric? metric = Metric.FirstResponse, int? cycle = 1, string data = "{}") =>
        LedgerChain.Hash(previous, account, sequence, ticket, kind, at ?? Moment, metric, cycle, data);

    private static LedgerFact Written(PromiseRequest request) => LedgerFacts.Promised(Promised(request), request, "tzdb 1");
}
