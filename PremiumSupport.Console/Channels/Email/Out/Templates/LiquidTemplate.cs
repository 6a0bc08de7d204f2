using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace PremiumSupport.Channels.Email.Out.Templates;

/// <summary>
/// A template in Liquid, made into plain text and into HTML. It is plain text itself: what an admin writes is encoded in the HTML, and so is every value but those that
/// were made as HTML here, so that nothing in a template or in a ticket becomes markup.
/// </summary>
internal static partial class LiquidTemplate
{
    private const int MostSteps = 20_000;
    private const int MostRendered = 4_000_000;

    private static readonly FluidParser Parser = new();
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>What is wrong with a template, in a sentence with its line; null when nothing is.</summary>
    /// <param name="source">Liquid.</param>
    /// <param name="names">What it may name.</param>
    public static string? Check(string source, IReadOnlyCollection<string> names)
    {
        if (!Parser.TryParse(source, out var template, out var error))
        {
            return Sentence(error);
        }

        var visitor = new Names();
        visitor.VisitTemplate(template);
        if (visitor.Refused is { } refused)
        {
            return $"Line {LineOf(source, refused)}: a mail cannot use “{refused}”. It can show values, choose with “if” and go through lists with “for”.";
        }

        var unknown = visitor.Used.Except(names).Except(visitor.Own).FirstOrDefault();
        return unknown is null ? null
            : $"Line {LineOf(source, unknown)}: there is nothing called “{unknown}” in this mail. It may name {string.Join(", ", names.Order(StringComparer.Ordinal))}.";
    }

    /// <summary>The template with its values, as plain text.</summary>
    /// <exception cref="InvalidOperationException">It is no template, or it does not end; the message says it.</exception>
    public static string ToText(string source, IReadOnlyDictionary<string, object> values) => Blanks().Replace(Render(source, values, NullEncoder.Default, text => text.Plain).ReplaceLineEndings("\n").Trim(), "\n\n");

    /// <summary>The same as HTML: paragraphs where it has empty lines.</summary>
    /// <exception cref="InvalidOperationException">Likewise.</exception>
    public static string ToHtml(string source, IReadOnlyDictionary<string, object> values)
    {
        var rendered = Render(Encode(source), values, Html, text => text.Html);
        return string.Concat(Blanks().Split(rendered.ReplaceLineEndings("\n").Trim()).Select(part => part.Trim()).Where(part => part.Length > 0)
            .Select(part => part.StartsWith("<div", StringComparison.Ordinal) ? part : $"<p>{part.Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));
    }

    private static string Render(string source, IReadOnlyDictionary<string, object> values, TextEncoder encoder, Func<MailText, string?> shape)
    {
        if (!Parser.TryParse(source, out var template, out var error))
        {
            throw new InvalidOperationException(Sentence(error));
        }

        // No member of any type of ours is open to a template: it gets texts and lists of texts.
        var context = new TemplateContext(new TemplateOptions { MaxSteps = MostSteps, StrictFilters = true, CultureInfo = CultureInfo.InvariantCulture });
        foreach (var (name, value) in values)
        {
            context.SetValue(name, Value(value, shape, context.Options));
        }

        var rendered = template.Render(context, encoder);
        return rendered.Length <= MostRendered ? rendered : throw new InvalidOperationException("The template makes a text without end.");
    }

    private static FluidValue Value(object value, Func<MailText, string?> shape, TemplateOptions options) => value switch
    {
        bool flag => BooleanValue.Create(flag),
        MailText text => shape(text) is { } shaped ? new StringValue(shaped, encode: false) : new StringValue(text.Plain),
        IReadOnlyList<MailTurn> turns => FluidValue.Create(turns.Select(turn => new Dictionary<string, FluidValue>
        {
            ["author"] = new StringValue(turn.Author),
            ["at"] = new StringValue(turn.At),
            ["text"] = Value(turn.Text, shape, options),
        }).ToList(), options),
        string text => new StringValue(text),
        _ => throw new InvalidOperationException($"A template cannot show a {value.GetType().Name}."),
    };

    // Liquid stays; whatever stands around it is text.
    private static string Encode(string source)
    {
        var (encoded, end) = (new System.Text.StringBuilder(source.Length), 0);
        foreach (Match tag in Tags().Matches(source))
        {
            encoded.Append(WebUtility.HtmlEncode(source[end..tag.Index])).Append(tag.Value);
            end = tag.Index + tag.Length;
        }

        return encoded.Append(WebUtility.HtmlEncode(source[end..])).ToString();
    }

    // "… at (3:14)" is where, at the end of the parser's words.
    private static string Sentence(string error)
    {
        var (words, place) = (error.Split('\n')[0].Trim(), Place().Match(error));
        return place.Success ? $"Line {place.Groups[1].Value}: {Place().Replace(words, "").TrimEnd(' ', '.')}." : words;
    }

    private static int LineOf(string source, string name)
    {
        var tag = Tags().Matches(source).FirstOrDefault(tag => Regex.IsMatch(tag.Value, $@"(?<!\w){Regex.Escape(name)}", RegexOptions.None, TimeSpan.FromSeconds(1)));
        return source.AsSpan(0, tag?.Index ?? 0).Count('\n') + 1;
    }

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\n[ \t]*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\s*at \((\d+):\d+\)", RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    /// <summary>Collects what a template names, whether or not it would be reached.</summary>
    private sealed class Names : AstVisitor
    {
        public HashSet<string> Used { get; } = [];

        /// <summary>What it uses that could make a text without end of a few letters, or a list of a billion numbers before the first is counted; null when nothing.</summary>
        public string? Refused { get; private set; }

        /// <summary>What it makes itself.</summary>
        public HashSet<string> Own { get; } = ["forloop"];

        protected override Expression VisitMemberExpression(MemberExpression memberExpression)
        {
            if (memberExpression.Segments is [IdentifierSegment first, ..])
            {
                Used.Add(first.Identifier);
            }

            return base.VisitMemberExpression(memberExpression);
        }

        protected override Statement VisitForStatement(ForStatement forStatement)
        {
            Own.Add(forStatement.Identifier);
            return base.VisitForStatement(forStatement);
        }

        protected override Statement VisitAssignStatement(AssignStatement assignStatement) => Refuse("assign", assignStatement);

        protected override Statement VisitCaptureStatement(CaptureStatement captureStatement) => Refuse("capture", captureStatement);

        protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
        {
            Refused ??= "..";
            return rangeExpression;
        }

        private Statement Refuse(string word, Statement statement)
        {
            Refused ??= word;
            return statement;
        }
    }
}
