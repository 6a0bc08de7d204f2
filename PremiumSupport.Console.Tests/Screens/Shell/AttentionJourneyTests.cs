using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PremiumSupport.Desk.Preferences;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Channels.Chat;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Shell;

/// <summary>Being told in a real browser: the card, the title, the dot, the sound in one window of two, and silence where it was asked for (experience item 23).</summary>
[Trait("Category", "Journey")]
public sealed class AttentionJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    /// <summary>Counts what the page says of itself: what was told in it, and what its audio graph has played to the end.</summary>
    private const string Ears = """
        window.ears = { told: 0, mine: 0, sounded: 0, began: 0 };
        document.addEventListener('ps-told', event => { window.ears.told++; if (event.detail.isMine) window.ears.mine++; });
        document.addEventListener('ps-sounded', () => { window.ears.sounded++; });
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (...args) { window.ears.began++; return start.apply(this, args); };
        """;

    [Fact]
    public async Task A_nudge_is_a_card_a_number_in_the_title_and_a_dot_until_its_ticket_is_opened()
    {
        var number = await GiveAsync("second");
        await using var tomas = await browser.EnterAsync(host, "second");
        await using var lead = await browser.EnterAsync(host, "lead", $"/tickets/{number}");
        await tomas.Find("bell").ClickAsync();
        await tomas.Find("acknowledge-all").ClickAsync();
        await Expect(tomas.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^[^(]"));
        await Expect(tomas.Page.Locator("link[rel='icon'][type]")).Not.ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("favicon-dot"));

        await lead.Find("nudge").ClickAsync();
        await lead.Find("nudge-note").FillAsync("They rang twice");
        await lead.Page.Keyboard.PressAsync("Enter");
        await Expect(lead.Find("nudge-said")).ToHaveTextAsync("Asked Tomás Oliveira.");

        var toast = tomas.Page.Locator($"[data-testid='toast'][data-ticket='{number}'][data-event='nudge']");
        await Expect(toast).ToContainTextAsync($"asks you to look at #{number}, due in");
        await Expect(toast).ToContainTextAsync("They rang twice");
        await Expect(tomas.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^\\(1\\) "));
        await Expect(tomas.Page.Locator("link[rel='icon'][type]")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("favicon-dot"));

        await toast.GetByTestId("open-it").ClickAsync();
        await tomas.Page.WaitForURLAsync($"**/tickets/{number}");
        await Expect(tomas.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex($"^{number} "));
        await Expect(tomas.Page.Locator("link[rel='icon'][type]")).Not.ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("favicon-dot"));
        await Expect(tomas.Page.Locator("[data-testid='timeline-item'][data-kind='event']").Last).ToContainTextAsync("to look at it: “They rang twice”");
        await Expect(tomas.Find("nudge")).ToHaveCountAsync(0);

        await lead.Find("nudge").ClickAsync();
        await lead.Find("nudge-send").ClickAsync();
        await Expect(lead.Find("nudge-said")).ToContainTextAsync("Give them a minute");
        Assert.Empty(tomas.Errors);
        Assert.Empty(lead.Errors);
    }

    [Fact]
    public async Task Of_two_windows_one_sounds_and_both_show_it()
    {
        await using var mara = await browser.VisitAsync(host.Address);
        await mara.Page.Context.AddInitScriptAsync(Ears);
        await mara.SignInAsync("specialist@demo.example");
        var other = await mara.Page.Context.NewPageAsync();
        await other.GotoAsync("/queue/mine");
        await Expect(other.Locator("[data-interactive='true']")).ToBeAttachedAsync();

        // Browsers let a page sound once somebody did something in it.
        foreach (var page in new[] { mara.Page, other })
        {
            await page.Locator("main").ClickAsync(new() { Position = new() { X = 5, Y = 5 } });
        }

        for (var round = 1; round <= 3; round++)
        {
            var number = await GiveAsync("specialist");
            foreach (var page in new[] { mara.Page, other })
            {
                await Expect(page.Locator($"[data-testid='toast'][data-ticket='{number}'][data-event='assigned']")).ToBeVisibleAsync();
                await page.WaitForFunctionAsync("round => window.ears.told >= round", round);
            }

            await Task.WhenAny(mara.Page.WaitForFunctionAsync(Heard, round - await HeardAsync(other)), other.WaitForFunctionAsync(Heard, round - await HeardAsync(mara.Page)));
            Assert.Equal(round, await HeardAsync(mara.Page) + await HeardAsync(other));
            Assert.Equal(round, await ReadAsync(mara.Page, "mine") + await ReadAsync(other, "mine"));
            // Two notes each, and none begun in the window that kept still.
            Assert.Equal(2 * round, await ReadAsync(mara.Page, "began") + await ReadAsync(other, "began"));
            // A sound a while ago is no burst.
            await mara.Page.EvaluateAsync("() => { const told = JSON.parse(localStorage.getItem('ps-told')); told.sounded = 0; localStorage.setItem('ps-told', JSON.stringify(told)); }");
        }

        Assert.Empty(mara.Errors);
    }

    /// <summary>Keeps a list of what the product shows; the notifications are the browser's own. Whether one looks elsewhere is the test's to say, because a browser without a screen is always looked at.</summary>
    private const string Eyes = """
        window.shown = [];
        window.Notification = new Proxy(window.Notification, {
          construct(real, words) {
            const note = Reflect.construct(real, words);
            window.shown.push({ title: words[0], body: words[1].body, tag: words[1].tag, note });
            return note;
          },
        });
        document.hasFocus = () => !window.looksElsewhere;
        """;

    [Fact]
    public async Task Who_looks_elsewhere_is_shown_a_notification_of_the_system_by_one_window_and_its_click_leads_to_the_ticket()
    {
        await using var tomas = await browser.VisitWholeAsync(host.Address);
        await tomas.Page.Context.GrantPermissionsAsync(["notifications"]);
        await tomas.Page.Context.AddInitScriptAsync(Ears);
        await tomas.Page.Context.AddInitScriptAsync(Eyes);
        await tomas.SignInAsync("second@demo.example");
        var other = await tomas.Page.Context.NewPageAsync();
        await other.GotoAsync("/queue/mine");
        await Expect(other.Locator("[data-interactive='true']")).ToBeAttachedAsync();
        IPage[] windows = [tomas.Page, other];

        // Whoever looks at a window sees the card; nothing more is shown.
        await ToldAsync(await GiveAsync("second"), 1);
        Assert.Equal(0, await ShownAsync(tomas.Page) + await ShownAsync(other));

        foreach (var page in windows)
        {
            await page.EvaluateAsync("() => { window.looksElsewhere = true; }");
        }

        var number = await GiveAsync("second");
        await ToldAsync(number, 2);
        Assert.Equal(1, await ShownAsync(tomas.Page) + await ShownAsync(other));
        var teller = await ShownAsync(tomas.Page) == 1 ? tomas.Page : other;
        Assert.Equal($"Elif gave you #{number}|#{number} Acme: Who looks at this?", await teller.EvaluateAsync<string>("() => `${window.shown[0].title}|${window.shown[0].body}`"));

        await teller.EvaluateAsync("() => window.shown[0].note.dispatchEvent(new Event('click'))");
        await teller.WaitForURLAsync($"**/tickets/{number}");
        Assert.Empty(tomas.Errors);

        async Task ToldAsync(long ticket, int times)
        {
            foreach (var page in windows)
            {
                await Expect(page.Locator($"[data-testid='toast'][data-ticket='{ticket}'][data-event='assigned']")).ToBeVisibleAsync();
                await page.WaitForFunctionAsync("times => window.ears.told >= times", times);
            }
        }
    }

    private static Task<int> ShownAsync(IPage page) => page.EvaluateAsync<int>("() => window.shown.length");

    [Fact]
    public async Task In_quiet_hours_there_is_a_card_and_nothing_else()
    {
        var admin = await StaffAsync("admin");
        Assert.Null(await host.Services.GetRequiredService<PreferenceCommands>().SetQuietAsync(new("Europe/Berlin", TimeOnly.MinValue, TimeOnly.MinValue, Enum.GetValues<DayOfWeek>()), admin, TestContext.Current.CancellationToken));
        await using var visitor = await browser.EnterAsync(host, "admin");
        var quiet = await GiveAsync("admin");
        await Expect(Toast(visitor, quiet)).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("[data-alert]")).ToHaveCountAsync(0);

        Assert.Null(await host.Services.GetRequiredService<PreferenceCommands>().SetQuietAsync(null, admin, TestContext.Current.CancellationToken));
        Assert.Null(await host.Services.GetRequiredService<PreferenceCommands>().SetAlertAsync(AlertEvent.Assigned, AlertMeans.Sound, admin, TestContext.Current.CancellationToken));
        var loud = await GiveAsync("admin");
        await Expect(visitor.Page.Locator($"[data-alert][data-to='/tickets/{loud}'][data-sound='plain']")).ToBeAttachedAsync();
        await Expect(Toast(visitor, loud)).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator("[data-alert][data-desktop]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Words_of_a_customer_are_told_to_whoever_has_their_ticket_and_pass_without_a_trace_in_the_count()
    {
        await using var customer = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await GiveAsync("lead");
        await using var lead = await browser.EnterAsync(host, "lead", "/team");
        await using var colleague = await browser.EnterAsync(host, "second", "/queue");
        var before = await lead.Find("bell").GetAttributeAsync("data-count");
        await customer.SendAsync(number, "And one thing more");
        await Expect(lead.Page.Locator($"[data-testid='toast'][data-ticket='{number}'][data-event='customerreply']")).ToContainTextAsync("And one thing more");
        await Expect(lead.Find("bell")).ToHaveAttributeAsync("data-count", before!);
        await Expect(colleague.Page.Locator($"[data-testid='toast'][data-ticket='{number}']")).ToHaveCountAsync(0);
    }

    private const string Heard = "count => window.ears.sounded >= count";

    private static Task<int> HeardAsync(IPage page) => ReadAsync(page, "sounded");

    private static Task<int> ReadAsync(IPage page, string what) => page.EvaluateAsync<int>("what => window.ears[what]", what);

    private static ILocator Toast(Visitor visitor, long number) => visitor.Page.Locator($"[data-testid='toast'][data-ticket='{number}'][data-event='assigned']");

    /// <summary>A new ticket of Acme's, given to somebody by an admin's key, or by a lead's where it is for the admin.</summary>
    private async Task<long> GiveAsync(string who)
    {
        var api = new ApiCaller(host.Api(who == "admin" ? SupportHost.LeadApiKey : SupportHost.ApiKey));
        var number = await new ApiCaller(host.Api()).OpenAsync(ApiCaller.Plain("Who looks at this?"));
        (await api.PatchAsync(number, new { assignee = $"{who}@demo.example" })).Is(System.Net.HttpStatusCode.OK);
        return number;
    }

    private async Task<StaffCaller> StaffAsync(string who)
    {
        var member = (await host.Services.GetRequiredService<StaffQueries>().FindAsync($"{who}@demo.example", TestContext.Current.CancellationToken))!;
        return new(member.Id, member.Name, member.Email, IsAdmin: who == "admin");
    }
}
