using System.Net;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Journeys;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens;

/// <summary>The console on paper, and in the few colours that somebody's system forces: what is told by grounds and by scrolling on a screen is still told.</summary>
[Trait("Category", "Browser")]
public sealed class PaperTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_ticket_is_printed_whole_with_what_it_is_and_without_what_is_pressed()
    {
        var number = await host.OpenTicketAsync("Printed for a meeting");
        using var client = host.Api();
        var api = new ApiCaller(client);
        for (var message = 1; message <= 12; message++)
        {
            (await api.SayAsync(number, $"Answer {message}\n\n{string.Concat(Enumerable.Repeat($"Line of answer {message}.\n", 12))}")).Is(HttpStatusCode.Created);
        }

        (await api.SayAsync(number, $"The long one\n{string.Concat(Enumerable.Repeat("A line of the longest answer of all.\n", 100))}THE END")).Is(HttpStatusCode.Created);
        await using var visitor = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(visitor.Find("timeline-item").Filter(new() { HasText = "The long one" })).ToBeVisibleAsync();
        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var pressed in new[] { ".rail", ".composer", ".timeline-tools", "[data-testid='solve']", "[data-testid='claim-ticket']", "[data-testid='next-ticket']", "[data-testid='split']" })
        {
            await Expect(visitor.Page.Locator(pressed).First).ToBeHiddenAsync();
        }

        foreach (var told in new[] { "copy-number", "ticket-status", "assignee", "severity", "sla-countdown" })
        {
            await Expect(visitor.Find(told)).ToBeVisibleAsync();
        }

        // Nothing scrolls and nothing is cut off: whatever holds the words is as high as they are, up to the page itself.
        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>("""
            () => {
              const cut = [];
              for (const words of document.querySelectorAll('.said .words, .ticket-head h1'))
                for (let box = words; box && box !== document.documentElement; box = box.parentElement)
                  if (getComputedStyle(box).overflowY !== 'visible' && box.scrollHeight > box.clientHeight + 1) cut.push(box.className || box.tagName);
              return [...new Set(cut)];
            }
            """));
        var bottom = await visitor.Find("timeline-item").Last.EvaluateAsync<double>("item => item.getBoundingClientRect().bottom + scrollY");
        Assert.True(bottom <= await visitor.Page.EvaluateAsync<double>("document.documentElement.scrollHeight"), "The end of the conversation lies beyond the paper.");
    }

    [Fact]
    public async Task A_chat_is_printed_whole_and_without_the_box_to_write_in()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync("/chat?lang=en");
        await customer.Find("chat-input").FillAsync(string.Join('\n', Enumerable.Range(1, 80).Select(line => $"Line {line}")));
        await customer.Find("chat-send").ClickAsync();
        await Expect(customer.Find("chat-message").First).ToHaveAttributeAsync("data-seq", "1");
        var log = customer.Page.GetByRole(AriaRole.Log);
        Assert.True(await HiddenAsync() > 0, "The conversation is too short to tell.");
        await customer.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(customer.Find("chat-input")).ToBeHiddenAsync();
        Assert.Equal(0, await HiddenAsync());
        Assert.Empty(customer.Errors);

        Task<int> HiddenAsync() => log.EvaluateAsync<int>("log => log.scrollHeight - log.clientHeight");
    }

    [Theory]
    [InlineData("/queue", "sla-badge:not(.big):not(.plain), .chip, .queue-table tr[aria-selected='true'] .c-mark")]
    [InlineData("/tickets/*", ".btn, .said, .tag, .claim-card")]
    [InlineData("/dashboard", "sla-badge:not(.big):not(.plain), .tiles, .card, .btn, .hbar i:not([style='flex:0'])")]
    [InlineData("/wallboard", "sla-badge, .wall-figures > div")]
    [InlineData("/admin/people", ".btn, .tag, .card, select.field, input.field")]
    public async Task In_forced_colours_things_have_edges_or_their_own_paint_and_one_sees_where_one_is(string path, string things)
    {
        var number = await host.OpenTicketAsync("Seen in few colours", isCritical: true);
        await using var visitor = await browser.EnterAsync(host, "admin", path.Replace("*", $"{number}", StringComparison.Ordinal));
        await visitor.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        foreach (var one in things.Split(", "))
        {
            await visitor.Page.Locator(one).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>("""
            things => {
              const canvas = getComputedStyle(document.body).backgroundColor, lost = [];
              for (const thing of document.querySelectorAll(things)) {
                if (!thing.checkVisibility()) continue;
                const has = [thing, ...['::before', '::after'].map(part => [thing, part])].some(each => {
                  const style = Array.isArray(each) ? getComputedStyle(...each) : getComputedStyle(each);
                  const edge = ['Top', 'Left', 'Bottom'].some(side => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== 'none' && style[`border${side}Color`] !== canvas);
                  const paint = style.forcedColorAdjust === 'none' && (style.backgroundImage !== 'none' || style.backgroundColor !== canvas && style.backgroundColor !== 'rgba(0, 0, 0, 0)');
                  return edge || paint || parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
                });
                if (!has) lost.push(thing.outerHTML.slice(0, 120));
              }
              return lost;
            }
            """, things));
        if (await visitor.Page.Locator(".rail").CountAsync() > 0)
        {
            // Asserts at every stop that the ring is there.
            await visitor.TabToAsync(visitor.Page.Locator(".rail a").Nth(3));
            Assert.DoesNotContain("none", await visitor.Page.Locator(".rail li a[aria-current]").EvaluateAllAsync<string[]>("links => links.map(link => getComputedStyle(link).outlineStyle)"));
        }

        Assert.Empty(visitor.Errors);
    }
}
