using PremiumSupport.Channels.Help;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help.Pages;

/// <summary>WCAG 2.2 AA as far as a machine can look: every customer page, six languages, light and dark, narrow and wide, and at 400 % zoom. In two halves, so that they run side by side.</summary>
[Trait("Category", "Browser")]
public abstract class LanguageAccessibilityTests(SupportHost host, Browser browser)
{
    /// <summary>Every second language, from the given one on.</summary>
    protected static TheoryData<string> EverySecond(int from) => [.. CustomerTexts.Languages.Where((_, index) => index % 2 == from)];

    protected async Task NoPageIsWrongAsync(string language)
    {
        var wrong = new List<string>();
        await using var visitor = await browser.VisitAsync(host.Address, language);
        await CustomerPages.EachAsync(host, visitor, language, async name =>
        {
            wrong.AddRange((await PageChecks.ViolationsAsync(visitor.Page)).Select(found => $"{name}, {found}"));
            await visitor.Page.SetViewportSizeAsync(PageChecks.Zoomed, 640);
            wrong.AddRange((await visitor.Page.EvaluateAsync<string[]>(PageChecks.SticksOut)).Select(found => $"{name}, {PageChecks.Zoomed}: {found}"));
        });
        Assert.Empty(wrong);
        Assert.Empty(visitor.Errors);
        Assert.Empty(visitor.Strangers);
    }
}

public sealed class FirstLanguagesAccessibilityTests(SupportHost host, Browser browser) : LanguageAccessibilityTests(host, browser), IClassFixture<SupportHost>
{
    public static TheoryData<string> Languages => EverySecond(0);

    [Theory, MemberData(nameof(Languages))]
    public Task No_page_has_a_violation_or_scrolls_sideways(string language) => NoPageIsWrongAsync(language);
}

public sealed class OtherLanguagesAccessibilityTests(SupportHost host, Browser browser) : LanguageAccessibilityTests(host, browser), IClassFixture<SupportHost>
{
    public static TheoryData<string> Languages => EverySecond(1);

    [Theory, MemberData(nameof(Languages))]
    public Task No_page_has_a_violation_or_scrolls_sideways(string language) => NoPageIsWrongAsync(language);
}
