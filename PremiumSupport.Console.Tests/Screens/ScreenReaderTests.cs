using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens;

/// <summary>What a screen reader is given of a specialist's work, from the queue to the answer: the tree of names and roles, and what is read out by itself.</summary>
[Trait("Category", "Browser")]
public sealed class ScreenReaderTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task From_the_queue_to_the_answer_everything_has_a_name_a_role_and_a_state()
    {
        var number = await host.OpenTicketAsync("Read out, not seen", isCritical: true);
        await using var visitor = await browser.EnterAsync(host, "specialist", "/queue/all");
        await Expect(visitor.Row(number)).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("body")).ToMatchAriaSnapshotAsync($"""
            - link "Skip to the page"
            - complementary:
              - navigation "Views":
                - heading "Queue" [level=2]
                - list:
                  - listitem:
                    - link /All open \d+/
                - combobox "I am"
            - banner:
              - toolbar:
                - heading "All open" [level=1]
                - search:
                  - searchbox "Filter this list"
                - button "Next N"
                - button "Skip {number} with a reason"
                - button "Nothing to know"
            - main:
              - region "All open":
                - 'img /The next hour: due at \d\d:\d\d/'
                - button "Filter"
                - table:
                  - rowgroup:
                    - row:
                      - columnheader "Next or unread"
                      - columnheader "Due"
                      - columnheader "Ticket"
                      - columnheader "Subject"
                      - columnheader "Customer"
                      - columnheader "Assignee"
                  - rowgroup:
                    - row:
                      - cell:
                        - checkbox "Select {number}"
                      - cell:
                        - timer /First response due in \d+ minutes, at \d\d:\d\d, guaranteed/
                      - cell:
                        - img "email form"
                      - cell:
                        - text: Claim pending
                        - link "Read out, not seen"
                      - cell "Sofia Marchetti Acme Super Admin"
                      - cell:
                        - button "Claim"
                        - img "Unassigned"
            """);

        await visitor.Row(number).GetByRole(AriaRole.Link).FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync($"**/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await Expect(visitor.Page).ToHaveTitleAsync($"{number} Read out, not seen · PremiumSupport");
        await Expect(visitor.Page.Locator("body")).ToMatchAriaSnapshotAsync($"""
            - banner:
              - toolbar:
                - link "Back"
                - button "{number}, copy the number"
            - main:
              - region "Ticket {number}":
                - heading "Read out, not seen" [level=1]
                - 'button "Status: New"'
                - 'button "Assignee: Nobody"'
                - button "Solve"
                - timer /First response due in \d+ minutes, at \d\d:\d\d, guaranteed/
                - region "Business-critical claim":
                  - heading "Sofia claims this is business critical" [level=2]
                  - button "Confirm critical"
                - region "Timeline":
                  - group "Show":
                    - button "All" [pressed]
                  - article:
                    - text: /Sofia Marchetti Acme/
                    - button "Split off from message 1 on"
                    - text: Please help us with this.
                - form "Write":
                  - tablist:
                    - tab /Reply/ [selected]
                    - tab /Note/
                  - textbox "Reply to Sofia Marchetti"
                  - button /Send/
              - complementary "Customer and promise":
                - region "Customer"
                - region "Why this deadline":
                  - list:
                    - listitem: /Acme has Premium Support until .+/
            """);

        await visitor.Find("reply-body").FillAsync("We are on it.");
        await visitor.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToMatchAriaSnapshotAsync("""
            - region "Timeline":
              - article: /Mara Lindqvist to the customer We are on it\./
            """);
        await Expect(visitor.Page.Locator(".promise-line")).ToMatchAriaSnapshotAsync("- img /First response met after .+, guaranteed/");
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task What_changes_by_itself_is_read_out_where_it_matters()
    {
        var number = await host.OpenTicketAsync("Watched by ear");
        await using var visitor = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Page.EvaluateAsync("""
            () => {
              window.spoken = [];
              new MutationObserver(changes => {
                for (const { target } of changes) {
                  const live = (target.closest ? target : target.parentElement)?.closest('[role=status], [role=alert], [aria-live]');
                  if (live) spoken.push(live.textContent.trim());
                }
              }).observe(document.body, { childList: true, characterData: true, subtree: true });
            }
            """);
        // Somebody else answers while one looks: how far it came is said by itself, the countdown that ticks is not.
        await new ApiCaller(host.Api()).SayAsync(number, "From a colleague.");
        await visitor.Page.WaitForFunctionAsync("() => spoken.some(text => text.includes('Sent, not delivered yet'))");
        Assert.DoesNotContain(await visitor.Page.EvaluateAsync<string[]>("() => spoken"), text => text.Contains("due in", StringComparison.Ordinal));
    }
}
