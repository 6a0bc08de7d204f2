using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PremiumSupport.Tests.Channels.Help.Pages;

/// <summary>What a machine can find wrong with a page as it is shown right now.</summary>
internal static class PageChecks
{
    /// <summary>1,280 pixels at 400 %.</summary>
    public const int Zoomed = 320;

    /// <summary>Names what reaches beyond the window sideways.</summary>
    public const string SticksOut = """
        () => {
          const wide = document.documentElement.clientWidth;
          return [...document.querySelectorAll('body *')]
            .filter(element => !element.closest('.visually-hidden, svg, pre, table') && element.getClientRects().length)
            .filter(element => { const box = element.getBoundingClientRect(); return box.right > wide + 1 || box.left < -1; })
            .map(element => `${element.tagName}.${element.className}: ${element.textContent.trim().slice(0, 40)}`).slice(0, 5);
        }
        """;

    private static readonly int[] Widths = [390, 1440];

    // The dark scheme changes colours and nothing else, so there only the rules about them can find something new.
    private static readonly AxeRunOptions Everything = new();
    private static readonly AxeRunOptions Colours = new() { RunOnly = new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    /// <summary>What axe finds, narrow and wide, light and dark.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        var wrong = new List<string>();
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 844);
            foreach (var (scheme, rules) in new[] { (ColorScheme.Dark, Colours), (ColorScheme.Light, Everything) })
            {
                // Without motion the colours are there at once; half-way from light to dark nothing can be read.
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                wrong.AddRange((await page.RunAxe(rules)).Violations.Select(found => $"{scheme}, {width}: {found.Id}: {string.Join(", ", found.Nodes.Take(3).Select(node => node.Target))}"));
            }
        }

        return wrong;
    }
}
