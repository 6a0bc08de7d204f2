using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Channels.Help.Embedding;

/// <summary>The calls of the contract ("Page embedding"), made by a vendor's page on another origin.</summary>
[Trait("Category", "Browser")]
public sealed class WidgetCallsTests(EmbeddedPages pages, Browser browser) : IClassFixture<EmbeddedPages>
{
    // What the page was told, in order, so that a test can wait for it.
    private const string Listen = """
        window.told = [];
        PremiumSupport('onReady', () => told.push('ready'));
        PremiumSupport('onReady', () => { throw new Error('the page\'s own mistake'); });
        PremiumSupport('onReady', () => told.push('ready too'));
        PremiumSupport('onUnreadCountChange', n => told.push(n));
        PremiumSupport('onIdentityNeeded', () => told.push('identity'));
        """;

    [Fact]
    public async Task Calls_made_before_the_script_has_come_wait_for_it_and_one_that_fails_stops_no_other()
    {
        pages.Vendor.Html = await pages.PageAsync("uwe@acme.example", Listen);
        await using var visitor = await OpenAsync();
        await ToldAsync(visitor, "ready", "ready too");
        Assert.Contains(visitor.Errors, error => error.Contains("own mistake", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_while_the_dialog_is_shut_is_counted_in_the_icons_name()
    {
        pages.Vendor.Html = await pages.PageAsync("sofia@acme.example", Listen);
        var api = new ApiCaller(pages.Host.Api());
        var number = await api.OpenAsync(ApiCaller.Plain("Unread"));
        await using var visitor = await browser.VisitAsync(new Uri(pages.Vendor.Origin));
        var joined = new TaskCompletionSource();
        visitor.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Text?.Contains("lastSequence", StringComparison.Ordinal) == true)
            {
                joined.TrySetResult();
            }
        };
        await visitor.Page.GotoAsync("/");
        await joined.Task.WaitAsync(TestContext.Current.CancellationToken);
        await api.SayAsync(number, "An answer.");
        await ToldAsync(visitor, "1");
        await Expect(visitor.Find("help-icon")).ToHaveAccessibleNameAsync("Help, 1 unread");
        await visitor.Find("help-icon").ClickAsync();
        await ToldAsync(visitor, "0");
        await Expect(visitor.Find("help-icon")).ToHaveAccessibleNameAsync("Help");
        await Expect(visitor.Find("help-icon")).ToHaveAttributeAsync("aria-expanded", "true");
    }

    [Fact]
    public async Task A_new_message_opens_with_the_pages_words_and_the_language_can_change()
    {
        pages.Vendor.Html = await pages.PageAsync("sofia@acme.example");
        await using var visitor = await OpenAsync();
        await Call(visitor, "'showNewMessage', 'My export <b>stopped</b>'");
        await Expect(Frame(visitor).GetByTestId("ask-input")).ToHaveValueAsync("My export <b>stopped</b>");
        await Frame(visitor).GetByTestId("contact-us").ClickAsync();
        await Frame(visitor).GetByTestId("channel-chat").ClickAsync();
        await Expect(Frame(visitor).GetByTestId("chat-input")).ToBeVisibleAsync();
        await Call(visitor, "'showNewMessage', 'In the chat as well'");
        await Expect(Frame(visitor).GetByTestId("chat-input")).ToHaveValueAsync("In the chat as well");
        await Call(visitor, "'update', { locale: 'fr-CA' }");
        await Expect(Frame(visitor).Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await Expect(visitor.Page.Locator("#premium-support-dialog")).ToHaveAccessibleNameAsync("Aide");
        await Call(visitor, "'hide'");
        await Expect(visitor.Page.Locator("#premium-support-dialog")).ToBeHiddenAsync();
        await Call(visitor, "'show'");
        await Expect(visitor.Page.Locator("#premium-support-dialog")).ToBeVisibleAsync();
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task Shutdown_ends_the_session_and_the_next_boot_is_another_person()
    {
        pages.Vendor.Html = await pages.PageAsync("uwe@acme.example", Listen);
        await using var visitor = await browser.VisitAsync(new Uri(pages.Vendor.Origin));
        var answered = await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.GotoAsync("/"), response => response.Url.EndsWith("/widget/v1/tickets", StringComparison.Ordinal) && response.Ok);
        var token = (await answered.Request.AllHeadersAsync())["authorization"];
        var other = await pages.TokenAsync("greta@globex.example");
        await Call(visitor, $"'shutdown'); PremiumSupport('boot', {{ identityToken: '{other}', locale: 'en' }}");
        await Expect(visitor.Find("help-icon")).ToHaveCountAsync(1);
        await Call(visitor, "'show'");
        await Expect(Frame(visitor).Locator(".lead")).ToContainTextAsync("Greta");

        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = pages.Host.Address };
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/widget/v1/session", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_asked_for_again()
    {
        pages.Vendor.Html = (await pages.PageAsync(null, Listen)).Replace("identityToken: ''", "identityToken: 'a.b.c'", StringComparison.Ordinal);
        await using var visitor = await OpenAsync();
        await ToldAsync(visitor, "identity");
        await Call(visitor, $"'update', {{ identityToken: '{await pages.TokenAsync("uwe@acme.example")}' }}");
        await Call(visitor, "'show'");
        await Expect(Frame(visitor).Locator(".lead")).ToContainTextAsync("Uwe");
    }

    [Fact]
    public async Task A_command_that_is_none_is_told_to_the_pages_author()
    {
        pages.Vendor.Html = await pages.PageAsync("uwe@acme.example");
        await using var visitor = await OpenAsync();
        var said = await visitor.Page.RunAndWaitForConsoleMessageAsync(() => Call(visitor, "'bot'"), new() { Predicate = message => message.Type == "error" });
        Assert.Contains("There are: boot, update, show", said.Text, StringComparison.Ordinal);
        await visitor.Page.EvaluateAsync("PremiumSupport('constructor')");
    }

    private Task<Visitor> OpenAsync() => EmbeddedPages.OpenAsync(browser, pages.Vendor);

    private static IFrameLocator Frame(Visitor visitor) => visitor.Page.FrameLocator("#premium-support-dialog iframe");

    private static async Task Call(Visitor visitor, string call) => await visitor.Page.EvaluateAsync($"() => {{ PremiumSupport({call}); }}");

    private static async Task ToldAsync(Visitor visitor, params string[] expected)
    {
        foreach (var word in expected)
        {
            await visitor.Page.WaitForFunctionAsync("word => told.map(String).includes(word)", word);
        }
    }
}
