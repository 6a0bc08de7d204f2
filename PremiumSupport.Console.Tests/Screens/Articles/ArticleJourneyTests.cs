using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Articles;

/// <summary>An article from the first word to the reader's last: written, published, found with a typo, voted on, read by staff.</summary>
[Trait("Category", "Browser")]
public sealed class ArticleJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    // Eight by eight points, red.
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC");

    [Fact]
    public async Task A_lead_writes_and_publishes_and_a_customer_finds_it_with_a_typo_votes_and_comments_and_staff_see_it()
    {
        await using var lead = await browser.EnterAsync(host, "lead", "/articles");
        await lead.Find("article-new").ClickAsync();
        await Expect(lead.Find("article-title")).ToBeEditableAsync();
        await lead.Find("article-title").FillAsync("Wallabies cross the dashboard");
        await lead.Find("article-body").FillAsync("## What to do\n\nOpen **Settings** and wait.");
        await Expect(lead.Find("article-preview").GetByRole(AriaRole.Heading)).ToHaveTextAsync("What to do");
        await Expect(lead.Find("article-kept")).ToContainTextAsync("Draft kept");

        // It survives a reload, and an image comes up into it.
        await lead.Page.ReloadAsync();
        await Expect(lead.Find("article-title")).ToHaveValueAsync("Wallabies cross the dashboard");
        await Expect(lead.Find("article-body")).ToBeEditableAsync();
        await lead.Find("article-files").SetInputFilesAsync(new FilePayload { Name = "a wallaby.png", MimeType = "image/png", Buffer = Png });
        await Expect(lead.Find("article-preview").Locator("img")).ToHaveAttributeAsync("alt", "a wallaby");
        await lead.Page.WaitForFunctionAsync("() => document.querySelector('[data-testid=article-preview] img').naturalWidth === 8");
        await lead.Find("article-publish").ClickAsync();
        await Expect(lead.Find("article-published")).ToContainTextAsync("Version 1");

        await using var customer = await browser.VisitAsync(host.Address, "de-DE");
        await customer.Page.GotoAsync("/help?lang=de");
        await customer.Find("ask-input").FillAsync("walabies dashbord");
        await customer.Find("article-suggestion").Filter(new() { HasText = "Wallabies" }).ClickAsync();
        await Expect(customer.Find("article-version")).ToHaveAttributeAsync("data-language", "en");
        await customer.Page.WaitForFunctionAsync("() => document.querySelector('.prose img').naturalWidth === 8");
        await customer.Page.Locator("[data-testid='article-helpful'] [data-value='no']").ClickAsync();
        await customer.Find("helpful-comment").FillAsync("Where are the settings?");
        await customer.Find("helpful-send").ClickAsync();
        await Expect(customer.Find("helpful-comment")).ToHaveCountAsync(0);

        await Expect(lead.Find("article-comment")).ToContainTextAsync("Where are the settings?");
        await Expect(lead.Page.Locator("[data-testid='vote-row'][data-language='de']")).ToContainTextAsync("1");
        Assert.Empty(lead.Errors.Concat(customer.Errors));
        Assert.Empty(lead.Strangers.Concat(customer.Strangers));
    }

    [Fact]
    public async Task What_nothing_answers_becomes_an_article_and_the_tester_says_why_it_is_found()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await customer.Page.GotoAsync("/help?lang=en");
        await customer.Find("ask-input").FillAsync("Feeding the numbats");
        await Expect(customer.Page.Locator(".found")).ToContainTextAsync("No article answers this");
        await customer.Find("contact-us").ClickAsync();

        await using var lead = await browser.EnterAsync(host, "lead", "/articles/questions");
        var group = lead.Page.Locator("[data-testid='asked-group'][data-words='feeding numbats']");
        await Expect(group).ToContainTextAsync("Feeding the numbats");
        await group.GetByTestId("asked-write").ClickAsync();
        await Expect(lead.Find("article-title")).ToHaveValueAsync("Feeding the numbats");
        await Expect(lead.Find("article-body")).ToBeEditableAsync();
        await lead.Find("article-body").FillAsync("With termites.");
        await lead.Find("article-publish").ClickAsync();
        await Expect(lead.Find("article-published")).ToBeVisibleAsync();

        await lead.GoAsync("/articles/tester?q=numbta");
        await Expect(lead.Find("ranked").First).ToHaveAttributeAsync("data-slug", "feeding-the-numbats");
        await Expect(lead.Find("ranked").First.GetByTestId("ranked-word")).ToHaveAttributeAsync("data-as", "typo");
        Assert.Empty(lead.Errors);
    }

    [Fact]
    public async Task What_a_colleague_writes_meanwhile_is_told_and_nothing_of_ones_own_is_lost()
    {
        await using var one = await browser.EnterAsync(host, "lead", "/articles");
        await one.Find("article-new").ClickAsync();
        await Expect(one.Find("article-body")).ToBeEditableAsync();
        await one.Find("article-body").FillAsync("First");
        await Expect(one.Find("article-kept")).ToContainTextAsync("Draft kept");

        await using var two = await browser.EnterAsync(host, "admin", "/queue");
        await two.GoAsync(new Uri(one.Page.Url).AbsolutePath);
        await Expect(two.Find("article-body")).ToBeEditableAsync();
        await two.Find("article-body").FillAsync("Second");
        await Expect(two.Find("article-kept")).ToContainTextAsync("Draft kept");
        await one.Find("article-body").FillAsync("Third");
        await Expect(one.Find("take-mine")).ToBeVisibleAsync();
        await Expect(one.Find("article-body")).ToHaveValueAsync("Third");
        await one.Find("take-mine").ClickAsync();
        await Expect(one.Find("take-mine")).ToBeHiddenAsync();
        await Expect(two.Find("take-theirs")).ToBeVisibleAsync();
        await two.Find("take-theirs").ClickAsync();
        await Expect(two.Find("article-body")).ToHaveValueAsync("Third");
    }

    [Fact]
    public async Task A_specialist_reads_articles_and_is_offered_nothing_to_write_with()
    {
        await using var visitor = await browser.EnterAsync(host, "specialist", "/articles");
        await Expect(visitor.Find("article-new")).ToHaveCountAsync(0);
        await visitor.Page.Locator("[data-slug='sandbox'] td.name a").ClickAsync();
        await Expect(visitor.Find("article-reading")).ToContainTextAsync("Enterprise editions come with a sandbox");
        await Expect(visitor.Find("article-editor")).ToHaveCountAsync(0);
        Assert.Equal(403, (await visitor.Page.GotoAsync("/admin/articles"))!.Status);
    }

    [Theory]
    [InlineData("/admin/articles", ColorScheme.Light)]
    [InlineData("/articles/questions", ColorScheme.Dark)]
    [InlineData("/articles/tester?q=certifcate", ColorScheme.Dark)]
    [InlineData("/articles/1/de", ColorScheme.Light)]
    [InlineData("/articles/999999/en", ColorScheme.Light)]
    public async Task The_pages_have_no_violation_a_machine_can_find_and_fit_a_phone(string path, ColorScheme scheme)
    {
        await using var visitor = await browser.EnterAsync(host, "admin", "/queue", new() { Width = 390, Height = 844 });
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await visitor.GoAsync(path);
        var found = await visitor.Page.RunAxe();
        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));
        Assert.Equal(390, await visitor.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main').scrollWidth)"));
    }

    [Theory]
    [InlineData("en", "written")]
    [InlineData("es", "machine")]
    [InlineData("it", "machine")]
    [InlineData("fr", "machine")]
    [InlineData("de", "machine")]
    [InlineData("nb", "machine")]
    public async Task A_customer_reads_an_article_in_each_language_and_is_led_to_English(string language, string origin)
    {
        await using var customer = await browser.VisitAsync(host.Address, viewport: new() { Width = 390, Height = 844 }, scheme: language is "it" or "nb" ? ColorScheme.Dark : ColorScheme.Light);
        await customer.Page.GotoAsync($"/help?lang={language}#articles");
        await Expect(customer.Find("article-shelf")).ToHaveCountAsync(8);
        await customer.Page.Locator("a[href='#article/sso-certificate']").ClickAsync();
        await Expect(customer.Page.Locator("article.prose")).ToHaveAttributeAsync("lang", language);
        if (language != "en")
        {
            await Expect(customer.Find("article-version")).ToHaveAttributeAsync("data-origin", origin);
        }

        var found = await customer.Page.RunAxe();
        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));
        if (language != "en")
        {
            await customer.Page.Locator("[data-testid='article-version'] a").ClickAsync();
            await Expect(customer.Page.Locator("article.prose")).ToHaveAttributeAsync("lang", "en");
            await customer.Page.Locator("[data-testid='article-version'] a").ClickAsync();
            await Expect(customer.Page.Locator("article.prose")).ToHaveAttributeAsync("lang", language);
        }

        Assert.Empty(customer.Errors);
        Assert.Empty(customer.Strangers);
    }
}
