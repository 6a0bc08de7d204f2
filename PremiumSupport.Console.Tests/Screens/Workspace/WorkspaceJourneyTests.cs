using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>A ticket as a specialist works on it, in a real browser.</summary>
[Trait("Category", "Browser")]
public sealed class WorkspaceJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_claim_is_declined_with_a_reason_only()
    {
        var number = await host.OpenTicketAsync("Claimed to be critical", isCritical: true);
        await using var visitor = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(visitor.Find("severity")).ToContainTextAsync("Claim pending");
        await visitor.Find("decline-critical").ClickAsync();
        await visitor.Find("decline-critical").ClickAsync();
        await Expect(visitor.Page.Locator(".claim-card [role=alert]")).ToContainTextAsync("Say why");
        await visitor.Find("decline-reason").FillAsync("Sign-in works for all but two.");
        await visitor.Find("decline-critical").ClickAsync();
        await Expect(visitor.Find("severity")).ToContainTextAsync("Standard");
        await Expect(visitor.Find("confirm-critical")).ToHaveCountAsync(0);
        await Expect(visitor.Find("why-deadline")).ToContainTextAsync("declined the claim");
    }

    [Fact]
    public async Task Both_drafts_survive_switching_and_a_reload_and_a_note_answers_nothing()
    {
        var number = await host.OpenTicketAsync("Two drafts");
        await using var visitor = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-mode-tab='note']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Find("reply-body").FillAsync("Half a reply");
        await visitor.Find("mode-note").ClickAsync();
        await visitor.Find("note-body").FillAsync("For colleagues only");
        await visitor.Find("note-send").ClickAsync();
        await Expect(visitor.Page.Locator("[data-testid='timeline-item'][data-kind='internal']")).ToContainTextAsync("For colleagues only");
        await Expect(visitor.Find("sla-countdown")).ToHaveAttributeAsync("data-state", "on-track");
        await visitor.GoAsync($"/tickets/{number}");
        await Expect(visitor.Find("reply-body")).ToHaveValueAsync("Half a reply");
        await Expect(visitor.Find("note-body")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_reply_of_a_hundred_thousand_characters_goes_out_and_one_more_is_refused_in_words()
    {
        var number = await host.OpenTicketAsync("A very long answer");
        await using var visitor = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Find("reply-body").FillAsync(new string('ü', 100_001));
        await visitor.Find("reply-send").ClickAsync();
        await Expect(visitor.Page.Locator("[data-said]")).ToContainTextAsync("100,001 characters");
        await visitor.Find("reply-body").FillAsync(new string('ü', 100_000));
        await visitor.Find("reply-send").ClickAsync();
        await Expect(visitor.Page.Locator("[data-testid='timeline-item'][data-kind='public']")).ToHaveCountAsync(2);
        await Expect(visitor.Find("reply-body")).ToHaveValueAsync("");
        await Expect(visitor.Find("sla-countdown")).ToHaveAttributeAsync("data-state", "met");
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task Status_assignee_and_severity_change_from_the_head()
    {
        var number = await host.OpenTicketAsync("Everything about it changes");
        await using var visitor = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await visitor.Find("claim-ticket").ClickAsync();
        await Expect(visitor.Find("assignee")).ToContainTextAsync("Mara Lindqvist");
        await Expect(visitor.Find("ticket-status")).ToContainTextAsync("Open");
        await visitor.Find("assignee").ClickAsync();
        await visitor.Page.Locator(".mud-menu-item", new() { HasText = "Tomás" }).ClickAsync();
        await Expect(visitor.Find("assignee")).ToContainTextAsync("Tomás Oliveira");
        await visitor.Find("severity").ClickAsync();
        await visitor.Page.Locator("#severity-reason").FillAsync("It spread to everybody.");
        await visitor.Page.GetByText("Set to business critical").ClickAsync();
        await Expect(visitor.Find("severity")).ToContainTextAsync("Business critical");
        await visitor.Find("ticket-status").ClickAsync();
        await visitor.Page.Locator(".mud-menu-item", new() { HasText = "Solved" }).ClickAsync();
        await Expect(visitor.Find("ticket-status")).ToContainTextAsync("Solved");
    }

    [Fact]
    public async Task What_a_colleague_does_shows_without_a_reload()
    {
        var number = await host.OpenTicketAsync("Two people look at it");
        await using var one = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await using var two = await browser.EnterAsync(host, "second", $"/tickets/{number}");
        await one.Find("claim-ticket").ClickAsync();
        await Expect(two.Find("assignee")).ToContainTextAsync("Mara Lindqvist");
        await Expect(two.Find("claim-ticket")).ToHaveCountAsync(0);
    }
}
