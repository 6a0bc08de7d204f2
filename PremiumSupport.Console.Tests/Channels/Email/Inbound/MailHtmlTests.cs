using PremiumSupport.Channels.Email.Inbound.Parsing;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Trust rule 13: what a mail's HTML may be is a list of ours, and everything else of it is gone when it is stored.</summary>
public sealed class MailHtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<a href='javascript:alert(1)'>x</a>")]
    [InlineData("<a href='data:text/html,<script>alert(1)</script>'>x</a>")]
    [InlineData("<form action='https://evil.test'><input type=password><button>Sign in</button></form>")]
    [InlineData("<div style='position:fixed;inset:0;background:url(https://evil.test/x)'>x</div>")]
    [InlineData("<style>body{background:url(https://evil.test/x)}</style>")]
    [InlineData("<link rel=stylesheet href=https://evil.test/x.css><meta http-equiv=refresh content='0;url=https://evil.test'><base href=https://evil.test>")]
    [InlineData("<iframe src=https://evil.test srcdoc='<script>alert(1)</script>'></iframe><object data=https://evil.test></object><embed src=https://evil.test>")]
    [InlineData("<svg><script>alert(1)</script><use href=https://evil.test/x#y></svg><math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>")]
    [InlineData("<table background=https://evil.test/x><td background=https://evil.test/y>x</table>")]
    [InlineData("<video src=https://evil.test/x poster=https://evil.test/y></video><audio src=https://evil.test/z></audio>")]
    [InlineData("<img srcset='https://evil.test/x 2x' src=//evil.test/y lowsrc=https://evil.test/z>")]
    [InlineData("<p class=a id=b name=c onclick=d>x</p>")]
    [InlineData("<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>")]
    public void Nothing_that_runs_sends_covers_or_loads_is_left(string html)
    {
        var clean = MailHtml.Clean(html).Html!;
        var left = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(clean);

        Assert.DoesNotContain(left.All, element => element.LocalName is "script" or "style" or "form" or "input" or "button" or "iframe" or "object" or "embed" or "link" or "meta" or "base" or "svg" or "math" or "video" or "audio" or "noscript");
        Assert.DoesNotContain(left.Body!.QuerySelectorAll("*").SelectMany(element => element.Attributes), attribute =>
            attribute.Name is "style" or "class" or "id" or "name" or "src" or "srcset" or "background" or "poster" or "lowsrc" || attribute.Name.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain(left.QuerySelectorAll("a[href]"), link => link.GetAttribute("href")!.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || link.GetAttribute("href")!.StartsWith("data:", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Images_of_the_mail_and_images_elsewhere_are_marked_and_neither_loads()
    {
        var clean = MailHtml.Clean("<p>Look: <img src='cid:shot%401' alt=Screenshot><img src='https://track.test/p.gif?u=1'><img src='data:image/png;base64,AA' alt=inline></p>");

        Assert.Equal("""<p>Look: <img alt="Screenshot" data-inline="shot@1"><img data-remote="https://track.test/p.gif?u=1">[inline]</p>""", clean.Html);
        Assert.Single(clean.Remarks);
    }

    [Fact]
    public void The_marks_are_ours_alone()
    {
        var clean = MailHtml.Clean("<img data-remote='https://a.test' data-inline=x alt=a><div data-quoted>hidden?</div>");

        Assert.Equal("[a]<div>hidden?</div>", clean.Html);
        Assert.Equal("[a]\nhidden?", clean.Said);
    }

    [Theory]
    [InlineData("<div>It works.</div><div class=gmail_quote><div>On Friday Ana wrote:</div><blockquote>Try again.</blockquote></div>")]
    [InlineData("<p>It works.</p><div class='moz-cite-prefix'>On Friday Ana wrote:</div><blockquote type=cite><p>Try again.</p></blockquote>")]
    [InlineData("<p>It works.</p><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Ana</div><div>Try again.</div>")]
    [InlineData("<div>It works.</div><blockquote type=cite>Try again.</blockquote>")]
    public void What_programs_quote_is_folded_and_no_part_of_what_is_said(string html)
    {
        var clean = MailHtml.Clean(html);

        Assert.Equal("It works.", clean.Said);
        Assert.Contains("Try again.", clean.Quoted, StringComparison.Ordinal);
        Assert.Contains("<details data-quoted", clean.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forwarded_mail_is_what_is_said()
    {
        var clean = MailHtml.Clean("<div class=gmail_quote>Forwarded: please help Bob.</div>");

        Assert.Equal("Forwarded: please help Bob.", clean.Said);
    }

    [Fact]
    public void Words_keep_their_lines_and_lists()
    {
        var clean = MailHtml.Clean("<p>Two   things:</p><ul><li>one</li><li>two<br>and more</li></ul><table><tr><td>a</td><td>b</td></tr></table><pre>x\n  y</pre>");

        Assert.Equal("Two things:\n\n- one\n- two\nand more\n\na b\n\nx\n  y", clean.Said);
    }

    [Theory]
    [InlineData("<div>", 60_000, "deep")]
    [InlineData("<b><div></b>", 20_000, "deep")]
    [InlineData("<p><font color=a></p>", 2_000, "deep")]
    [InlineData("<br>", 60_000, "tags")]
    [InlineData("words ", 400_000, "characters")]
    public void What_is_too_deep_or_too_long_is_never_parsed_and_says_so(string piece, int times, string why)
    {
        var clean = MailHtml.Clean(string.Concat(Enumerable.Repeat(piece, times)));

        Assert.Null(clean.Html);
        Assert.Contains(why, Assert.Single(clean.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_is_a_tag_of_thousands_of_attributes() =>
        Assert.Contains("attributes", Assert.Single(MailHtml.Clean($"<p {string.Join(' ', Enumerable.Range(0, 10_000).Select(n => $"a{n}"))}>").Remarks), StringComparison.Ordinal);

    [Fact]
    public void End_tags_in_comments_and_attributes_hide_no_depth() =>
        Assert.Null(MailHtml.Clean(string.Concat(Enumerable.Repeat("<div title='</div>'><!-- </div> -->", 300))).Html);

    [Fact]
    public void An_ordinary_newsletter_passes() =>
        Assert.NotNull(MailHtml.Clean(string.Concat(Enumerable.Repeat("<table><tr><td><p>Hello<p>World<ul><li>a<li>b</ul></table>", 2_000))).Html);
}
