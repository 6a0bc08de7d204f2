using PremiumSupport.Channels.Email;
using PremiumSupport.Channels.Email.Out;
using PremiumSupport.Channels.Email.Out.Templates;
using PremiumSupport.Desk.Outbox;

namespace PremiumSupport.Tests.Channels.Email;

public sealed class LiquidTemplateTests
{
    public static TheoryData<MailKind, string> All { get; } = new(Enum.GetValues<MailKind>().SelectMany(kind => MailLanguages.All.Select(language => (kind, language))));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_template_of_the_products_own_makes_a_mail_that_says_all_it_was_given(MailKind kind, string language)
    {
        var template = MailTemplateQueries.DefaultOf(kind, language);
        Assert.Null(MailTemplateCommands.Check(kind, template.Subject, template.Body)?.Message);
        var example = MailValuesOf.Example(kind, "Corvena", language);
        var frame = MailFrame.Of(template, example, language, takesReplies: true);
        Assert.StartsWith(ReplyMarker.Begin, frame.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", frame.Text + frame.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", frame.Text, StringComparison.Ordinal);
        foreach (var name in new[] { "due", "message", "reason", "number" }.Where(example.ContainsKey))
        {
            var value = example[name] is MailText text ? text.Plain : (string)example[name];
            Assert.Contains(value, $"{frame.Subject}\n{frame.Text}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Hello {{ nam }}", 1, "nam")]
    [InlineData("Hello\n\n{% if false %}{{ secret.key }}{% endif %}", 3, "secret")]
    [InlineData("{% for x in things %}{{ x }}{% endfor %}", 1, "things")]
    public void What_a_template_may_not_name_is_found_with_its_line_even_where_it_is_not_reached(string source, int line, string name)
    {
        var problem = LiquidTemplate.Check(source, ["name", "number"]);
        Assert.StartsWith($"Line {line}: ", problem, StringComparison.Ordinal);
        Assert.Contains($"“{name}”", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hello\n{{ name", 2)]
    [InlineData("{% if name %}\nHello", 2)]
    [InlineData("\n\n{% nothing %}", 3)]
    public void What_is_no_Liquid_is_said_with_its_line(string source, int line) => Assert.StartsWith($"Line {line}: ", LiquidTemplate.Check(source, ["name"]), StringComparison.Ordinal);

    [Fact]
    public void Nothing_in_a_value_or_in_a_template_becomes_markup()
    {
        var values = new Dictionary<string, object> { ["name"] = "<script>alert(1)</script>", ["message"] = MailWords.Paragraphs("<img src=x onerror=alert(1)>\n{{ name }}") };
        var html = LiquidTemplate.ToHtml("<b>Hello</b> {{ name }} & co\n\n{{ message }}", values);
        Assert.Equal("<p>&lt;b&gt;Hello&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt; &amp; co</p><div dir=\"auto\">&lt;img src=x onerror=alert(1)&gt;<br>{{ name }}</div>", html);
        Assert.Equal("<b>Hello</b> <script>alert(1)</script> & co\n\n<img src=x onerror=alert(1)>\n{{ name }}", LiquidTemplate.ToText("<b>Hello</b> {{ name }} & co\n\n{{ message }}", values));
    }

    [Theory]
    [InlineData("{% for x in (1..100000000) %}{{ name }}{% endfor %}")]
    [InlineData("{% assign x = name | append: name %}")]
    [InlineData("{% capture x %}{{ name }}{{ name }}{% endcapture %}")]
    [InlineData("{{ name | nosuchfilter }}")]
    public void A_template_that_could_have_no_end_or_asks_for_what_there_is_not_is_refused(string body) =>
        Assert.Contains("body", MailTemplateCommands.Check(MailKind.Receipt, "Hello", body)!.Errors.Keys);

    [Fact]
    public void A_subject_is_one_line() => Assert.Equal("a b Bcc: c", MailFrame.SingleLine("a\r\n b\u2028\tBcc: c\0"));
}
