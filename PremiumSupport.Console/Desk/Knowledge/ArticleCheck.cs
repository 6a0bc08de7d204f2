using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>What keeps a text from being kept or published, in sentences by field.</summary>
public static class ArticleCheck
{
    /// <summary>Title and body as they are kept.</summary>
    public static (string Title, string Body) Tidy(string? title, string? body) => (MessageText.SingleLine(title), MessageText.Tidy(body));

    /// <summary>A draft may be anything but too long.</summary>
    public static IEnumerable<(string Field, string Message)> Draft(string title, string body)
    {
        if (title.Length > ArticleLimits.Title)
        {
            yield return ("title", $"The title has {title.Length:N0} characters; up to {ArticleLimits.Title:N0} fit.");
        }

        if (body.Length > ArticleLimits.Body)
        {
            yield return ("body", $"The text has {body.Length:N0} characters; up to {ArticleLimits.Body:N0} fit.");
        }
    }

    /// <summary>What customers read needs a title and a text.</summary>
    public static IEnumerable<(string Field, string Message)> Publishing(string title, string body)
    {
        if (title.Length == 0)
        {
            yield return ("title", "Give it a title: the question that it answers.");
        }

        if (ArticleHtml.PlainText(body).Trim().Length == 0)
        {
            yield return ("body", "There is nothing to read yet.");
        }

        if (body.Contains("](uploading", StringComparison.Ordinal))
        {
            yield return ("body", "An image is still on its way up. Wait for it, or take its line out.");
        }
    }
}
