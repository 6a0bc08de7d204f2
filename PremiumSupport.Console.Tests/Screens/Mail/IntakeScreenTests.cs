using Microsoft.Playwright;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Tests.Channels.Email.Inbound;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Mail;

/// <summary>What people do about mails, in a real browser.</summary>
public sealed class IntakeScreenTests(MailHost host, Browser browser) : IClassFixture<MailHost>
{
    private readonly MailRoom _room = new(host);

    [Fact]
    public async Task A_stranger_is_accepted_as_a_contact_and_the_mail_becomes_a_ticket()
    {
        var mail = Assert.Single(await _room.TakeAsync(MailBytes.Plain("Nora New <nora@acme-new.test>", "Who am I", "Please take me in.")));
        await using var lead = await browser.EnterAsync(host, "lead", "/admin/intake");
        var card = lead.Page.Locator($"[data-testid='intake-mail'][data-mail='{mail.Id}']");
        await Expect(card).ToContainTextAsync("Please take me in.");
        await Expect(card.GetByTestId("intake-reason")).ToContainTextAsync("no contact");

        await card.GetByTestId("intake-account").FillAsync("nobody");
        await card.GetByTestId("intake-accept").ClickAsync();
        await Expect(lead.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no account 'nobody'");
        await card.GetByTestId("intake-account").FillAsync("acme");
        await card.GetByTestId("intake-accept").ClickAsync();
        await Expect(card).ToHaveCountAsync(0);

        await _room.DoAsync(() => Task.CompletedTask);
        var accepted = (await _room.Get<IntakeQueries>().FindAsync(mail.Id, MailRoom.Lead, TestContext.Current.CancellationToken))!.Mail;
        Assert.Equal("nora@acme-new.test", (await _room.TicketAsync(accepted.TicketNumber!.Value)).Requester!.Email);
        Assert.Empty(lead.Errors);
    }

    [Fact]
    public async Task What_could_not_be_read_is_tried_again_or_put_away()
    {
        var mails = await _room.TakeAsync([1, 2, 3], [4, 5, 6]);
        await using var lead = await browser.EnterAsync(host, "lead", "/admin/intake");
        await lead.Find("intake-quarantined").ClickAsync();
        var card = lead.Page.Locator($"[data-testid='intake-mail'][data-mail='{mails[0].Id}']");
        await card.GetByTestId("intake-discard").ClickAsync();
        await Expect(card).ToHaveCountAsync(0);

        // Today's product can read it no better, so it comes back with its reason.
        var other = lead.Page.Locator($"[data-testid='intake-mail'][data-mail='{mails[1].Id}']");
        await other.GetByTestId("intake-again").ClickAsync();
        await _room.DoAsync(() => Task.CompletedTask);
        await Expect(other.GetByTestId("intake-reason")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_specialist_sees_the_mail_as_it_was_sent_and_loads_images_by_a_click()
    {
        const string html = "<p>It <b>broke</b>.</p><img src='https://track.example/p.gif' alt=Logo><div class=gmail_quote>On Friday Ana wrote:<blockquote>Try again</blockquote></div>";
        var mail = Assert.Single(await _room.TakeAsync(MailBytes.Html(html)));
        await using var ana = await browser.EnterAsync(host, "specialist", $"/tickets/{mail.TicketNumber}");
        var requests = new List<string>();
        await ana.Page.RouteAsync("https://track.example/**", async route =>
        {
            requests.Add(route.Request.Url);
            await route.AbortAsync();
        });
        await Expect(ana.Page.Locator("[data-testid='timeline-item'] .words").First).ToHaveTextAsync("It broke.\n\n[Logo]");

        await ana.Find("mail-as-sent").Locator("summary").First.ClickAsync();
        var frame = ana.Page.FrameLocator("[data-testid='mail-frame']");
        await Expect(frame.Locator("b")).ToHaveTextAsync("broke");
        await Expect(frame.Locator("details[data-quoted]")).Not.ToHaveAttributeAsync("open", "");
        await Expect(frame.GetByText("Remote image: Logo")).ToBeVisibleAsync();
        Assert.Empty(requests);

        await ana.Find("mail-load-images").ClickAsync();
        await Expect(frame.Locator("img[src='https://track.example/p.gif']")).ToHaveCountAsync(1);
        await Expect(ana.Find("mail-load-images")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_mail_of_somebody_else_waits_beside_the_conversation()
    {
        var number = Assert.Single(await _room.TakeAsync(MailBytes.Plain("sofia@acme.example", "Two of us"))).TicketNumber!.Value;
        await _room.TakeAsync(MailBytes.Of($"From: Eve <eve@evil.test>\nTo: {_room.Signer.ReplyAddress(number)}\nSubject: Re: Two of us\nMessage-ID: <{Guid.NewGuid():N}@x.test>", "I am with Sofia"));
        await using var ana = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(ana.Find("held-mail")).ToContainTextAsync("I am with Sofia");
        Assert.Single(await _room.MessagesAsync(number));

        await ana.Find("held-accept").ClickAsync();
        await Expect(ana.Find("held-mail")).ToHaveCountAsync(0);
        await Expect(ana.Page.Locator("[data-testid='timeline-item'][data-seq='2']")).ToContainTextAsync("I am with Sofia");
    }

    [Fact]
    public async Task Only_staff_reaches_a_mail_and_only_leads_the_intake()
    {
        var mail = Assert.Single(await _room.TakeAsync(MailBytes.Html("<p>x</p>")));
        using var session = Http.Client(host.Address);
        session.DefaultRequestHeaders.Authorization = new("Bearer", await host.SessionAsync("sofia@acme.example"));
        foreach (var address in new[] { $"/mails/{mail.Id}/frame", $"/mails/{mail.Id}/frame-with-images", $"/mails/{mail.Id}/original" })
        {
            using var answer = await session.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("<p>x</p>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.SignInAsync("specialist@demo.example");
        Assert.Equal(403, (await visitor.Page.GotoAsync("/admin/intake"))!.Status);
        Assert.Equal(404, (await visitor.Page.GotoAsync("/mails/999999/frame"))!.Status);
    }
}
