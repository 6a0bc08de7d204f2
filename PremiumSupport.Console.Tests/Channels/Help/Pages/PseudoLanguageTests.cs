using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help.Pages;

/// <summary>Every page in a language that is not one: what can be read without the marks around it is not in the resources.</summary>
[Trait("Category", "Browser")]
public sealed class PseudoLanguageTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    // Words that are nobody's to translate: what people wrote, their names, what support writes in English, and what the browser says of times and zones.
    private const string Unmarked = """
        () => {
          const theirs = 'body [lang=en], .bubble-text, .subject, .request-subject, .article-title, .category, .avatar, time, .figure.clock-figure, .absolute .quiet, .seal, .prose, [data-testid=phone-number]';
          const names = ['Sofia', 'Marchetti', 'Elif', 'Aydın', 'Acme'];
          // A marked text may be a value in another, so the innermost go first.
          const strip = text => { for (let before = ''; before !== text;) { before = text; text = text.replace(/⟦[^⟦⟧]*⟧/g, ''); } return names.reduce((left, name) => left.replaceAll(name, ''), text); };
          const found = [];
          const say = (text, where) => { if (/\p{L}{2,}/u.test(strip(text))) found.push(`${where}: ${text.trim().slice(0, 80)}`); };
          for (const element of document.querySelectorAll('body *:not(script, noscript, style)')) {
            if (element.closest(theirs)) continue;
            const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join(' ');
            if (own.trim() && !insideMark(element)) say(own, element.tagName);
            for (const name of ['aria-label', 'placeholder', 'title', 'alt']) if (element.hasAttribute(name)) say(element.getAttribute(name), `${element.tagName}[${name}]`);
          }
          say(document.title, 'title');
          return found;

          // A text whose value is an element: its mark opens before and closes after.
          function insideMark(element) {
            let before = '';
            for (let node = element.previousSibling; node; node = node.previousSibling) before = node.textContent + before;
            return (before.match(/⟦/g)?.length ?? 0) > (before.match(/⟧/g)?.length ?? 0);
          }
        }
        """;

    // Accents and marks, put in after the page has been read and before its module runs; places for values stay.
    private const string Speak = """
        document.addEventListener('readystatechange', () => {
          const block = document.getElementById('texts'), accents = { a: 'å', e: 'é', o: 'ø', u: 'ü' };
          if (document.readyState !== 'interactive' || !block) return;
          const texts = Object.entries(JSON.parse(block.textContent)).map(([key, text]) => [key, `⟦${text.replace(/\{\w+\}|[aeou]/g, part => accents[part] ?? part)}⟧`]);
          block.textContent = JSON.stringify(Object.fromEntries(texts));
        });
        """;

    [Fact]
    public async Task Every_text_of_every_page_is_in_the_resources()
    {
        var found = new List<string>();
        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.Page.AddInitScriptAsync(Speak);
        await CustomerPages.EachAsync(host, visitor, "en", async name => found.AddRange(
            from text in await visitor.Page.EvaluateAsync<string[]>(Unmarked)
            // These two are headed, and named, by what somebody else wrote.
            where !(name is "article" or "request" && (text.StartsWith("H1:", StringComparison.Ordinal) || text.StartsWith("title:", StringComparison.Ordinal) || text.StartsWith("MAIN[aria-label]:", StringComparison.Ordinal)))
            select $"{name}: {text}"));
        Assert.Empty(found.Distinct());
    }

    [Fact]
    public async Task A_text_without_the_marks_is_found()
    {
        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.Page.SetContentAsync("<html lang='en'><title>⟦Help⟧</title><p>⟦Fine, <q>said</q> and done⟧</p><button aria-label='Close'>⟦x⟧</button><p>Left out</p>");
        Assert.Equal(["BUTTON[aria-label]: Close", "P: Left out"], await visitor.Page.EvaluateAsync<string[]>(Unmarked));
    }
}
