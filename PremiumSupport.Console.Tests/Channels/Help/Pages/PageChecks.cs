using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;

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

    /// <summary>What axe finds, narrow and wide, light and dark.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        var wrong = new List<string>();
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 844);
            foreach (var (scheme, rules) in new (ColorScheme, string[])[] { (ColorScheme.Dark, Axe.Colours), (ColorScheme.Light, []) })
            {
                // Without motion the colours are there at once; half-way from light to dark nothing can be read.
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                wrong.AddRange((await Axe.FoundAsync(page, rules)).Select(found => $"{scheme}, {width}: {found}"));
            }
        }

        return wrong;
    }
}
