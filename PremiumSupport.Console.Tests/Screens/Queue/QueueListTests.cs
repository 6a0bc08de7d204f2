using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Presence;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Screens.Queue;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Screens.Queue;

/// <summary>A row says what the contract asks for, and a long list stays short in the page.</summary>
public sealed class QueueListTests : BunitContext
{
    private readonly TicketPresence _presence;

    public QueueListTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("/console/queue.js").Mode = JSRuntimeMode.Loose;
        var (clock, bus) = (new FakeTimeProvider(Now), new ChangeBus(NullLogger<ChangeBus>.Instance));
        _presence = new(bus, new StaffPresence(), new StaffDirectory(null!, bus, clock), clock);
        Services.AddSingleton<TimeProvider>(clock);
        Services.AddSingleton(bus);
        Services.AddSingleton(_presence);
        Services.AddSingleton(new QueueMarkup(clock, NullLoggerFactory.Instance));
        SetRendererInfo(new("Server", isInteractive: true));
    }

    [Fact]
    public void A_colleague_who_comes_to_a_ticket_stands_on_its_row_and_goes_again()
    {
        var me = new StaffCaller(Guid.NewGuid(), "Mara Lindqvist", "mara@demo.example");
        var list = Render<QueueList>(view => view.Add(v => v.Name, "all").Add(v => v.Rows, [Row(7), Row(8)]).AddCascadingValue(me));
        Assert.Empty(list.FindAll("[data-testid=onlookers]"));

        var seat = _presence.Sit(8, new(Guid.NewGuid(), "Ana Ruiz", "ana@demo.example"));
        using var own = _presence.Sit(7, me);
        list.WaitForAssertion(() => Assert.Equal("Ana Ruiz is looking at it", list.Find("[data-ticket='8'] [data-testid=onlookers]").GetAttribute("aria-label")));
        Assert.Empty(list.FindAll("[data-ticket='7'] [data-testid=onlookers]"));

        seat.Reply(true);
        list.WaitForAssertion(() => Assert.Equal("Ana Ruiz is replying", list.Find("[data-testid=onlookers]").GetAttribute("aria-label")));
        seat.Dispose();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("[data-testid=onlookers]")));
    }

    [Fact]
    public void A_row_names_its_ticket_its_deadline_and_its_state()
    {
        var row = Show(Row(1198, 12)).Find("[data-testid=queue-row]");
        Assert.Equal("1198", row.GetAttribute("data-ticket"));
        Assert.Equal("2026-11-24T14:40:00.000Z", row.GetAttribute("data-due"));
        Assert.Equal("at-risk", row.GetAttribute("data-state"));
        Assert.NotNull(row.QuerySelector("[data-testid=claim-ticket]"));
        Assert.NotNull(row.QuerySelector("sla-badge[data-testid=sla-countdown]"));
    }

    [Fact]
    public void A_row_without_a_promise_says_none_and_one_with_somebody_offers_no_claim()
    {
        var row = Show(Row(1, null, assignee: "Ana Ruiz")).Find("[data-testid=queue-row]");
        Assert.Equal("none", row.GetAttribute("data-state"));
        Assert.Null(row.QuerySelector("[data-testid=claim-ticket]"));
        Assert.Equal("AR", row.QuerySelector("[data-testid=assignee]")!.TextContent.Trim());
    }

    [Theory]
    [InlineData(ClaimState.Pending, Severity.BusinessCritical, "Claim pending")]
    [InlineData(ClaimState.Confirmed, Severity.BusinessCritical, "Critical")]
    [InlineData(ClaimState.Declined, Severity.Standard, "Critical declined")]
    public void A_claim_is_told_by_its_words(ClaimState claim, Severity severity, string words) =>
        Assert.Equal(words, Show(Row(1) with { Claim = claim, Severity = severity }).Find("[data-testid=severity]").TextContent.Trim());

    [Fact]
    public void Five_thousand_rows_are_a_window_of_forty_between_two_spaces()
    {
        var list = Show([.. Enumerable.Range(1, 5000).Select(number => Row(number))]);
        Assert.Equal(40, list.FindAll("[data-testid=queue-row]").Count);
        Assert.Equal(["height:0px", $"height:{4960 * 56}px"], list.FindAll("tr.space td").Select(space => space.GetAttribute("style")));

        list.InvokeAsync(() => list.Instance.ShowFrom(4000, 30));
        Assert.Equal("4001", list.Find("[data-testid=queue-row]").GetAttribute("data-ticket"));
    }

    [Fact]
    public void Claiming_says_which()
    {
        long claimed = 0;
        var list = Render<QueueList>(view => view.Add(v => v.Name, "all").Add(v => v.Rows, [Row(7)]).Add(v => v.OnClaim, number => claimed = number));
        // The browser hears the press, for all rows at once.
        list.InvokeAsync(() => list.Instance.Claim(7));
        Assert.Equal(7, claimed);
    }

    [Fact]
    public void Only_the_row_that_changed_is_drawn_again_and_none_for_what_is_not_in_sight()
    {
        var rows = Enumerable.Range(1, 100).Select(number => Row(number)).ToArray();
        var list = Show(rows);
        var lines = list.FindComponents<QueueLine>();
        Assert.Equal(40, lines.Count);

        list.Render(view => view.Add(v => v.Rows, [rows[0], rows[1] with { Subject = "Another one" }, .. rows[2..]]));
        Assert.Equal("Another one", lines[1].Find(".subject a").TextContent);
        Assert.All(lines.Where((_, place) => place != 1), line => Assert.Equal(1, line.RenderCount));

        var (drawn, changed) = (list.RenderCount, lines[1].RenderCount);
        list.Render(view => view.Add(v => v.Rows, [rows[0], list.Instance.Rows[1], .. rows[2..99], rows[99] with { Subject = "Far below" }]));
        Assert.Equal((drawn, changed), (list.RenderCount, lines[1].RenderCount));
    }

    [Fact]
    public void What_customers_write_is_text_wherever_it_stands()
    {
        const string Hostile = "</td><script>alert(1)</script><img src=x onerror=\"alert(1)\"> & 'so' “ñ”";
        var row = Show(Row(1, assignee: Hostile, subject: Hostile, account: Hostile, role: RequesterRole.SuperAdmin) with { RequesterName = Hostile, Snippet = Hostile, SnippetAuthor = Hostile }).Find("[data-testid=queue-row]");
        Assert.Empty(row.QuerySelectorAll("script, img"));
        Assert.Equal(6, row.QuerySelectorAll("td").Length);
        Assert.Equal(Hostile, row.QuerySelector(".subject a")!.TextContent);
        Assert.EndsWith(Hostile, row.QuerySelector(".snippet")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Hostile, row.QuerySelector(".who-asks")!.TextContent);
        Assert.Equal(Hostile.ToUpperInvariant(), row.QuerySelector(".where .trunc")!.TextContent);
        Assert.Equal(Hostile, row.QuerySelector("[data-testid=assignee] .face")!.GetAttribute("aria-label"));
    }

    [Fact]
    public void Marks_are_told_by_the_classes_of_a_row()
    {
        var list = Render<QueueList>(view => view.Add(v => v.Name, "all").Add(v => v.Rows, [Row(1), Row(2) with { LastFromCustomer = false }]).Add(v => v.Next, 2).Add(v => v.Picked, new HashSet<long> { 1 }).Add(v => v.Drafts, new HashSet<long> { 2 }));
        Assert.Equal("ticket-row picked is-unread", list.Find("[data-ticket='1']").GetAttribute("class"));
        Assert.Equal("ticket-row is-next", list.Find("[data-ticket='2']").GetAttribute("class"));
        Assert.Null(list.Find("[data-ticket='1']").QuerySelector("[data-testid=draft-mark]"));
        Assert.NotNull(list.Find("[data-ticket='2']").QuerySelector("[data-testid=draft-mark]"));
    }

    private IRenderedComponent<QueueList> Show(params QueueRow[] rows) => Render<QueueList>(view => view.Add(v => v.Name, "all").Add(v => v.Rows, rows));
}
