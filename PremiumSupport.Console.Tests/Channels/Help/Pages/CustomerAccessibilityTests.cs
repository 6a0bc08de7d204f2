using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help.Pages;

/// <summary>WCAG 2.2 AA as far as a machine can look, beside <see cref="LanguageAccessibilityTests"/>: the demo, right to left, reduced motion and forced colours.</summary>
[Trait("Category", "Browser")]
public sealed class CustomerAccessibilityTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task The_demo_has_none_either()
    {
        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.Page.GotoAsync("/demo");
        await visitor.Find("help-icon").ClickAsync();
        await visitor.Page.FrameLocator("iframe").GetByTestId("ask-input").WaitForAsync();
        Assert.Empty(await PageChecks.ViolationsAsync(visitor.Page));
    }

    [Fact]
    public async Task Written_from_right_to_left_everything_is_mirrored_and_nothing_sticks_out()
    {
        var wrong = new List<string>();
        await using var visitor = await browser.VisitAsync(host.Address);
        await CustomerPages.EachAsync(host, visitor, "en", async name =>
        {
            await visitor.Page.EvaluateAsync("() => { document.documentElement.dir = 'rtl'; }");
            foreach (var width in new[] { PageChecks.Zoomed, 1440 })
            {
                await visitor.Page.SetViewportSizeAsync(width, 700);
                wrong.AddRange((await visitor.Page.EvaluateAsync<string[]>(PageChecks.SticksOut)).Select(found => $"{name}, {width}: {found}"));
            }

            // What stands first stands at the right: the heading against what follows it, a message of one's own at the left.
            wrong.AddRange((await visitor.Page.EvaluateAsync<string[]>("""
                () => {
                  const left = element => element?.getBoundingClientRect().left;
                  const back = document.querySelector('.panel-head .icon-button'), title = document.querySelector('.panel-head h1');
                  const own = document.querySelector('.bubble-row.customer .bubble'), staff = document.querySelector('.bubble-row.staff .bubble');
                  return [back?.matches('[href]') && left(back) < left(title) && 'the way back', own && staff && own.getBoundingClientRect().right > staff.getBoundingClientRect().right && 'the messages'].filter(Boolean);
                }
                """)).Select(found => $"{name}: {found} is not mirrored"));
        });
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_ask_for_that_and_controls_have_edges_in_forced_colours()
    {
        var wrong = new List<string>();
        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce, ForcedColors = ForcedColors.Active });
        await CustomerPages.EachAsync(host, visitor, "en", async name => wrong.AddRange((await visitor.Page.EvaluateAsync<string[]>("""
            () => {
              const seconds = value => Math.max(...value.split(',').map(parseFloat));
              const moves = style => (style.animationName !== 'none' && seconds(style.animationDuration) > 0) || seconds(style.transitionDuration) > 0;
              const edge = style => ['top', 'bottom'].every(side => style[`border-${side}-style`] !== 'none' && parseFloat(style[`border-${side}-width`]) > 0);
              const name = element => `${element.tagName}.${element.className}`;
              return [
                ...[...document.querySelectorAll('body *')].filter(element => moves(getComputedStyle(element))).map(element => `${name(element)} moves`),
                ...[...document.querySelectorAll('.button, .channel, textarea, input:not([type=checkbox], [type=radio], [hidden])')].filter(element => !edge(getComputedStyle(element.closest('.chat-box') ?? element))).map(element => `${name(element)} has no edge`),
              ];
            }
            """)).Distinct().Select(found => $"{name}: {found}")));
        Assert.Empty(wrong);
    }
}
