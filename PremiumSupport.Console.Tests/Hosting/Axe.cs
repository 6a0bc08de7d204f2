using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PremiumSupport.Tests.Hosting;

/// <summary>Asks axe what is wrong with a page. The script goes into a document once, however often it is asked: reading it anew each time takes longer than looking.</summary>
internal static class Axe
{
    /// <summary>The rules that are about colours: in another scheme only those can find something new.</summary>
    public static readonly string[] Colours = ["color-contrast", "link-in-text-block"];

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Violations by rule, with the first places of each; frames of other documents are not looked into.</summary>
    /// <param name="page">The page as it is shown right now.</param>
    /// <param name="rules">Those alone; none for all.</param>
    public static async Task<IReadOnlyList<string>> FoundAsync(IPage page, params string[] rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>("""
            async rules => {
              const found = await axe.run(document, { resultTypes: ['violations'], iframes: false, ...(rules.length ? { runOnly: { type: 'rule', values: rules } } : {}) });
              return found.violations.map(violation => `${violation.id}: ${violation.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')}`);
            }
            """, rules);
    }
}
