using System.Net;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Ledger;

/// <summary>Statements are made from the ledger, and their figures are those of the reports, to the last digit.</summary>
public sealed class StatementTests(WrittenLedger written) : IClassFixture<WrittenLedger>
{
    private const string Window = "from=2026-03-01T00:00:00Z&to=2026-03-10T00:00:00Z";

    [Fact]
    public async Task Its_total_is_what_the_reports_say_of_the_account()
    {
        var api = Api();
        var statement = (await api.GetAsync($"/api/v1/ledger/statement/acme?{Window}")).Is(HttpStatusCode.OK);
        var report = (await api.GetAsync($"/api/v1/reports/sla?{Window}&groupBy=account")).Is(HttpStatusCode.OK)["groups"].EnumerateArray().Single(group => group.GetProperty("key").GetString() == "acme");

        foreach (var figure in new[] { "matured", "met", "breached", "excluded", "owed", "attainmentGross", "attainmentNet", "p50Seconds", "p90Seconds", "p95Seconds" })
        {
            Assert.Equal((figure, report.GetProperty(figure).GetRawText()), (figure, statement["total"].GetProperty(figure).GetRawText()));
        }

        Assert.True(statement["total"].GetProperty("excluded").GetInt32() > 0);
        Assert.Equal(0, statement["faults"].GetArrayLength());
        Assert.Equal("acme", statement["head"].GetProperty("account").GetString());
    }

    [Fact]
    public async Task Each_promise_says_what_became_of_it_and_under_which_policy_version()
    {
        var lines = (await Api().GetAsync($"/api/v1/ledger/statement/acme?{Window}"))["obligations"].EnumerateArray().ToDictionary(line => (line.GetProperty("ticket").GetInt64(), line.GetProperty("cycle").GetInt32()));

        Assert.Equal("met", lines[(1001, 1)].GetProperty("outcome").GetString());
        Assert.Equal("breached", lines[(1002, 1)].GetProperty("outcome").GetString());
        Assert.Equal("merged", lines[(1004, 1)].GetProperty("outcome").GetString());
        Assert.Equal("1 hour", lines[(1001, 1)].GetProperty("target").GetString());
        Assert.Equal("Policy version 1 (The defaults of the first start) promises a designated Super Admin by the email form, plan premium: 1 hour around the clock, guaranteed.", lines[(1001, 1)].GetProperty("explanation").GetString());
        Assert.True(lines[(1003, 1)].GetProperty("excluded").GetBoolean());
        Assert.NotEqual(lines[(1003, 1)].GetProperty("grossDueAt").GetString(), lines[(1003, 1)].GetProperty("dueAt").GetString());
    }

    [Fact]
    public async Task As_a_table_it_has_a_line_per_promise_and_runs_no_formula()
    {
        var answer = (await Api().GetAsync($"/api/v1/ledger/statement/acme?{Window}&format=csv")).Is(HttpStatusCode.OK);
        var lines = answer.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Type);
        Assert.StartsWith("ticket,metric,cycle,commitment,target,startedAt,grossDueAt,dueAt,answeredAt,breachedAt,outcome,excluded,exceptions,policyVersion,explanation", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("1001,firstResponse,1,guaranteed,1 hour,2026-03-04T09:00:00.000Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_field()
    {
        var api = Api();
        (await api.GetAsync("/api/v1/ledger/statement/nobody")).IsProblem(404, "not-found");
        (await api.GetAsync("/api/v1/ledger/statement/acme?format=pdf")).IsProblem(400, "invalid", "format");
        (await api.GetAsync("/api/v1/ledger/statement/acme?from=2026-04-01&to=2026-03-01")).IsProblem(400, "invalid", "from");
        (await api.GetAsync("/api/v1/ledger/statement/acme?to=never")).IsProblem(400, "invalid", "to");
    }

    private ApiCaller Api() => new(written.Host.Api());
}
