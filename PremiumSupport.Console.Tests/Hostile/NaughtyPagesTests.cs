using System.Net;
using Microsoft.Playwright;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Hostile;

/// <summary>Texts that break pages, on the pages: shown letter by letter, none of them runs, and none turns round what stands beside it.</summary>
[Trait("Category", "Journey")]
public sealed class NaughtyPagesTests(NaughtyPagesTests.Host host, Browser browser) : IClassFixture<NaughtyPagesTests.Host>
{
    public sealed class Host() : SupportHost(new Dictionary<string, string?> { ["Limits:Scale"] = "10000" });

    // What a browser keeps of a text in a node: carriage returns apart, all of it.
    private static readonly IReadOnlyList<string> Shown = [.. NaughtyStrings.Seen.Where(NaughtyStrings.IsWhole)];

    /// <summary>Every text that turns the direction of what follows, and is in no element that keeps it to itself.</summary>
    private const string Loose = """
        () => {
          const turns = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\u0590-\u08FF\uFB1D-\uFEFC]/;
          const isolated = ['isolate', 'isolate-override', 'plaintext'];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const loose = [];
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            if (!turns.test(node.data.replace(/\u2068[^\u2066-\u2069\u202A-\u202E]*\u2069/g, '')) || node.parentElement.closest('script, style, title, textarea, option, datalist, template')) continue;
            let inside = node.parentElement, kept = false;
            while (inside && !kept) {
              const style = getComputedStyle(inside);
              // A block or a cell of its own ends what was opened in it, unless other texts stand in it too.
              const alone = !style.display.startsWith('inline') && [...inside.childNodes].every(child => child === node || child.contains(node) || !child.textContent.trim());
              kept = isolated.includes(style.unicodeBidi) || inside.hasAttribute('dir') && inside !== document.documentElement || style.display.startsWith('inline-') || alone;
              inside = inside.parentElement;
            }
            if (!kept) loose.push(node.parentElement.outerHTML.slice(0, 200));
          }
          return loose;
        }
        """;

    [Fact]
    public async Task A_conversation_of_nothing_else_is_shown_as_it_was_written_and_nothing_of_it_runs()
    {
        var staff = new ApiCaller(host.Api());
        var opened = await staff.PostAsync("/api/v1/tickets", $$"""{"channel":"chat","requester":{"email":"sofia@acme.example"},"account":"acme","subject":{{NaughtyStrings.Json(Subject)}},"body":"First"}""");
        var number = opened.Is(HttpStatusCode.Created)["number"].GetInt64();
        foreach (var (index, text) in Shown.Index())
        {
            (await staff.SayAsync(number, text, id: $"{index}")).Is(HttpStatusCode.Created);
            if (index % 10 == 0)
            {
                (await staff.SayAsync(number, text, "internal", $"note {index}")).Is(HttpStatusCode.Created);
            }
        }

        await using var customer = await browser.VisitAsync(host.Address);
        await WatchAsync(customer.Page);
        await EnterAsync(customer, "sofia@acme.example");
        await customer.Page.GotoAsync($"/help#request/{number}");
        await Expect(customer.Find("request-message")).ToHaveCountAsync(Shown.Count + 1);
        Assert.Equal(Shown.Select(MessageText.Tidy), (await customer.Page.Locator("[data-testid='request-message'] .bubble-text").AllTextContentsAsync()).Skip(1));
        await IsHarmlessAsync(customer);
        await customer.Page.GotoAsync("/help#requests");
        await Expect(customer.Find("request-row").First).ToBeVisibleAsync();
        await IsHarmlessAsync(customer);
        await customer.Page.GotoAsync($"/chat?number={number}");
        await Expect(customer.Find("chat-message")).ToHaveCountAsync(Shown.Count + 1);
        Assert.Equal(Shown.Select(MessageText.Tidy), (await customer.Page.Locator("[data-testid='chat-message'] .bubble-text").AllTextContentsAsync()).Skip(1));
        await IsHarmlessAsync(customer);

        await using var specialist = await browser.VisitAsync(host.Address);
        await WatchAsync(specialist.Page);
        await specialist.SignInAsync("specialist@demo.example");
        await Expect(specialist.Find("queue-row").First).ToBeVisibleAsync();
        await IsHarmlessAsync(specialist);
        await specialist.OpenAsync($"/tickets/{number}");
        await Expect(specialist.Find("timeline-item").Filter(new() { HasText = "حبا" }).First).ToBeAttachedAsync();
        await IsHarmlessAsync(specialist);
    }

    [Fact]
    public async Task A_person_and_an_account_of_such_names_turn_nothing_round()
    {
        var staff = new ApiCaller(host.Api());
        var number = (await staff.PostAsync("/api/v1/tickets", $$"""{"channel":"email","requester":{"email":"turned@acme.example","name":{{NaughtyStrings.Json(Subject)}}},"account":"acme","subject":{{NaughtyStrings.Json(Subject)}},"body":{{NaughtyStrings.Json(Subject)}}}"""))
            .Is(HttpStatusCode.Created)["number"].GetInt64();
        (await staff.SendAsync(HttpMethod.Patch, $"/api/v1/tickets/{number}", $$"""{"tags":[{{NaughtyStrings.Json("\u202Egat")}}]}""")).Is(HttpStatusCode.OK);
        await using var admin = await browser.VisitAsync(host.Address);
        await WatchAsync(admin.Page);
        await admin.SignInAsync("admin@demo.example");
        await Expect(admin.Page.Locator($"[data-testid='queue-row'][data-ticket='{number}']")).ToBeVisibleAsync();
        await IsHarmlessAsync(admin);
        foreach (var page in new[] { $"/tickets/{number}", "/dashboard", "/wallboard" })
        {
            await admin.Page.GotoAsync(page);
            await Expect(admin.Page.Locator("main, .wall").First).ToBeVisibleAsync();
            await IsHarmlessAsync(admin);
        }
    }

    [Fact]
    public async Task What_a_customer_types_is_sent_and_shown_as_typed()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await WatchAsync(customer.Page);
        await EnterAsync(customer, "uwe@acme.example");
        foreach (var text in new[] { "<img src=x onerror=__ran()>", "\u202Etxt.exe <script>__ran()</script>", "\"><svg onload=__ran()>" })
        {
            await customer.Page.GotoAsync("/help#ask");
            await customer.Find("ask-input").FillAsync(text);
            await customer.Find("contact-us").ClickAsync();
            await customer.Find("channel-email").ClickAsync();
            await customer.Find("subject").FillAsync(text);
            await customer.Find("details").FillAsync(text);
            await customer.Find("submit-ticket").ClickAsync();
            await Expect(customer.Find("receipt")).ToBeVisibleAsync();
            await Expect(customer.Page.Locator("[data-testid='request-message'] .bubble-text")).ToHaveTextAsync(text);
            await IsHarmlessAsync(customer);
        }
    }

    private static string Subject => "\u202Eliam \u2066<script>__ran()</script> שלום\u202D (42)";

    private static async Task WatchAsync(IPage page)
    {
        page.Dialog += (_, dialog) => _ = dialog.DismissAsync();
        await page.AddInitScriptAsync("window.ran = 0; window.__ran = () => { window.ran++; };");
    }

    private async Task EnterAsync(Visitor customer, string email)
    {
        await customer.Page.GotoAsync("/demo");
        var session = await host.SessionAsync(email);
        await customer.Page.EvaluateAsync("token => localStorage.setItem('premium-support.session', JSON.stringify({ token, contact: {}, channels: [] }))", session);
    }

    private static async Task IsHarmlessAsync(Visitor visitor)
    {
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => window.ran"));
        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>(Loose));
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"), "It is wider than the window.");
        Assert.Empty(visitor.Errors);
        Assert.Empty(visitor.Strangers);
    }
}
