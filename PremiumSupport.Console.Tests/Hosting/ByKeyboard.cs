using Microsoft.Playwright;

namespace PremiumSupport.Tests.Hosting;

/// <summary>A visitor without a pointer: Tab is the only way to anywhere, and where one stands can be seen all along.</summary>
internal static class ByKeyboard
{
    // More stops than any page has between two things that are used one after the other.
    private const int Farthest = 120;

    /// <summary>Tabs until that element has the focus.</summary>
    public static Task TabToAsync(this Visitor visitor, string testId) => visitor.TabToAsync(visitor.Find(testId));

    /// <summary>Tabs until that element, or the first of them, has the focus.</summary>
    public static async Task TabToAsync(this Visitor visitor, ILocator there)
    {
        await there.First.WaitForAsync();
        for (var stop = 0; stop < Farthest; stop++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            var seen = await visitor.Page.EvaluateAsync<string?>("""
                () => {
                  const at = document.activeElement, style = getComputedStyle(at);
                  const shown = at === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
                  return shown ? null : at.outerHTML.slice(0, 160);
                }
                """);
            Assert.True(seen is null, $"The focus cannot be seen on {seen}");
            if (await there.First.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"Tab does not lead to {there}.");
    }
}
