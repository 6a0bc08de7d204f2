using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Channels.Email.Inbound.Showing;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>What is shown of a mail in a frame: our own pictures, and others only on a click.</summary>
public sealed class MailFrameTests
{
    private static readonly string Html = MailHtml.Clean("<p>Hello <img src=cid:a alt=Screenshot><img src='https://track.test/x.gif' alt=Logo><img src=cid:missing></p>").Html!;

    [Fact]
    public void Images_elsewhere_wait_for_a_click()
    {
        var quiet = MailFrame.Document(Html, new Dictionary<string, string> { ["a"] = "data:image/webp;base64,AA" }, withRemote: false);
        var clicked = MailFrame.Document(Html, new Dictionary<string, string>(), withRemote: true);

        Assert.Contains("src=\"data:image/webp;base64,AA\"", quiet, StringComparison.Ordinal);
        Assert.DoesNotContain("track.test", quiet, StringComparison.Ordinal);
        Assert.Contains("Remote image: Logo", quiet, StringComparison.Ordinal);
        Assert.Contains("Image that cannot be shown", quiet, StringComparison.Ordinal);
        Assert.Contains("src=\"https://track.test/x.gif\"", clicked, StringComparison.Ordinal);
        Assert.Equal(1, MailFrame.RemoteImages(Html));
    }
}

/// <summary>Mails that want to run, send or load something, shown by the product in a real browser: none does (trust rule 13).</summary>
public sealed class MailFrameBrowserTests(MailHost host, Browser browser) : IClassFixture<MailHost>
{
    private static readonly string[] Attacks =
    [
        "<script>parent.hit=1;fetch('https://evil.test/a')</script>", "<img src=x onerror=\"fetch('https://evil.test/b')\">", "<svg onload=\"fetch('https://evil.test/c')\"></svg>",
        "<iframe src='https://evil.test/d'></iframe>", "<link rel=stylesheet href='https://evil.test/e.css'>", "<style>@import 'https://evil.test/f.css';body{background:url(https://evil.test/g)}</style>",
        "<div style='background:url(https://evil.test/h)'>x</div>", "<meta http-equiv=refresh content='0;url=https://evil.test/i'>", "<img src='https://evil.test/j.gif'>", "<img srcset='https://evil.test/k.gif 1x'>",
        "<video src='https://evil.test/l' autoplay></video>", "<object data='https://evil.test/m'></object>", "<form action='https://evil.test/n'><input autofocus onfocus=this.form.submit()></form>",
        "<a href='javascript:fetch(1)'>x</a>", "<base href='https://evil.test/'><img src='o.gif'>", "<table background='https://evil.test/p'></table>", "<math><mtext><table><mglyph><style><img src=x onerror=fetch('https://evil.test/q')>",
    ];

    [Fact]
    public async Task No_mail_runs_a_script_or_makes_a_request()
    {
        var room = new MailRoom(host);
        var seeds = SharedData.FilesOf("mail").Select(File.ReadAllBytes);
        // Each attack and each mail of the collection, as sent by a contact, so that it becomes a ticket's.
        byte[][] raws = [.. Attacks.Select(MailBytes.Html), MailBytes.Html(string.Concat(Attacks)), .. seeds.Where(raw => HasHtml(raw))];
        var mails = await room.TakeAsync(raws);

        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.SignInAsync("admin@demo.example");
        var page = await visitor.Page.Context.NewPageAsync();
        var (requests, complaints) = (new List<string>(), new List<string>());
        page.Request += (_, request) => requests.Add(request.Url);
        page.Dialog += (_, dialog) => complaints.Add(dialog.Message);
        var shown = 0;
        foreach (var mail in mails.DistinctBy(mail => mail.Id))
        {
            var answer = await page.GotoAsync(new Uri(host.Address, $"/mails/{mail.Id}/frame").AbsoluteUri, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.NetworkIdle });
            shown += answer!.Status == 200 ? 1 : 0;
            Assert.True(answer.Status is 200 or 404, $"{mail.Id}: {answer.Status}");
        }

        // Of most attacks nothing is left to be shown; of five something is, whether or not the collection lies beside the repository.
        Assert.True(shown >= 5, $"Only {shown} mails have HTML.");
        Assert.DoesNotContain(requests, url => !url.StartsWith(host.Address.AbsoluteUri, StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.All(requests, url => Assert.Matches("/mails/[0-9]+/frame$|^data:|/favicon", url));
        Assert.Empty(complaints);
    }

    private static bool HasHtml(byte[] raw)
    {
        try
        {
            return MailParser.Parse(raw).Html is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
