using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Help;

/// <summary>Asks for a session.</summary>
/// <param name="BrowserKey">
/// Names the browser: 256 random bits in base64url that the frame made and keeps in its own origin's storage. With it, and only with it or the session's token, the same
/// identity token gives the same session again. Not needed for a token without <c>jti</c>.
/// </param>
internal sealed record SessionInput(string? IdentityToken, string? BrowserKey);

/// <summary>Who the customer is and what they are offered.</summary>
/// <param name="SessionToken">Only when the session begins, and null for an account that is not known here: there is nobody to have a session.</param>
/// <param name="PhoneNumber">The dedicated number to dial, E.164; null for those who are not offered it.</param>
/// <param name="PhoneNumberText">The same as people read it.</param>
/// <param name="Now">The server's clock, for countdowns.</param>
internal sealed record SessionOut(
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? SessionToken,
    DateTimeOffset? ExpiresAt, SessionContact Contact, IReadOnlyList<ChannelOut> Channels, string? PhoneNumber, string? PhoneNumberText, DateTimeOffset Now);

/// <summary>The person of a session.</summary>
internal sealed record SessionContact(string Email, string Name, RequesterRole Role, string Account, string? AccountName)
{
    /// <summary>Whom of the staff the account's people know by name; null where nobody is named.</summary>
    public string? Staff { get; init; }
}

/// <summary>A channel, and what it promises this person.</summary>
/// <param name="Reason">Why it is not available; null when it is.</param>
internal sealed record ChannelOut(Channel Kind, bool Available, string? Reason, IReadOnlyList<PromiseOfChannel> Promises);

/// <summary>What a channel promises for a severity. <paramref name="Target"/> as in explanations: <c>PT30M</c>, <c>P1BD</c>.</summary>
internal sealed record PromiseOfChannel(Severity Severity, Metric Metric, Commitment Commitment, string Target);

/// <summary>A request from the dialog.</summary>
/// <param name="ContinuesChat">The number of an unanswered chat that goes on in this request.</param>
/// <param name="CallWindow">When a call back is wished, by the clock on the customer's wall; without times as soon as possible.</param>
internal sealed record RequestInput(
    string? Channel, string? Subject, string? Body, bool? BusinessCritical, string? Criterion, string? Impact, string? PhoneNumber, string? Locale, IReadOnlyList<Guid>? Attachments, long? ContinuesChat,
    CallWish? CallWindow);

/// <summary>When and where to be called instead. Without times as soon as possible, without a number on the one that was given.</summary>
internal sealed record CallbackInput(CallWish? CallWindow, string? PhoneNumber);

/// <summary>A message into one's own conversation.</summary>
internal sealed record ReplyInput(string? ClientMessageId, string? Body, IReadOnlyList<Guid>? Attachments);

/// <summary>How the help was.</summary>
internal sealed record RatingInput(string? Score, string? Comment);

/// <summary>An answer to "Was this helpful?".</summary>
/// <param name="Reader">What the browser calls itself, at random; the same again changes its answer. Left aside for a customer with a session.</param>
internal sealed record FeedbackInput(bool? Helpful, string? Comment, string? Language, string? Reader);

/// <summary>A question and what came of it.</summary>
/// <param name="Id">The page's number for it; the same again replaces what was said of it.</param>
/// <param name="Read">The slug of an article that was opened.</param>
internal sealed record AskedInput(Guid? Id, string? Text, string? Language, string? Read, bool? Contacted);

/// <summary>A list without pages.</summary>
internal sealed record Items<T>(IReadOnlyList<T> List)
{
    [System.Text.Json.Serialization.JsonPropertyName("items")]
    public IReadOnlyList<T> List { get; init; } = List;
}

/// <summary>One's own request. Nothing in it can carry an internal note (trust rule 5).</summary>
internal sealed record RequestOut(
    long Number, string Subject, Channel Channel, TicketStatus Status, DateTimeOffset CreatedAt, Severity Severity, ClaimOut Claim, string? AssigneeName,
    long LastSequence, PromiseOut? Promise, IReadOnlyList<MessageOfRequest> Messages, RatingOfRequest? Rating, bool MayRate, DateTimeOffset Now,
    CallbackOut? Callback)
{
    /// <summary>The request as its customer sees it at an instant.</summary>
    public static RequestOut Of(CustomerTicket ticket, RatingOptions ratings, DateTimeOffset now, CustomerCallback? callback = null) => new(
        ticket.Number, ticket.Subject, ticket.Channel, ticket.Status, ticket.CreatedAt, ticket.Severity,
        new(ticket.Claim, ticket.Criterion, ticket.ClaimReason), ticket.AssigneeName, ticket.LastSequence,
        ticket.Promise is { } promise ? PromiseOut.Of(promise, now) : null,
        [.. ticket.Messages.Select(MessageOfRequest.Of)],
        ticket.Rating is { } rating ? new(rating.Score, rating.Comment, rating.RatedAt + ratings.ChangeableFor) : null,
        RatingRules.Obstacle(ticket.Status, ticket.IsMerged, ticket.Rating is { } given ? new(given.RatedAt, ticket.ReopenedSinceRated) : null, ratings.ChangeableFor, now) is null,
        now,
        callback is null ? null : CallbackOut.Of(callback));
}

/// <summary>The call that one asked for.</summary>
/// <param name="Number">As people read it.</param>
/// <param name="From">From when one wants to be called; null for as soon as possible.</param>
/// <param name="NextCallAt">When we mean to call next; null when no call is to come.</param>
/// <param name="Position">The place among those whose call is owed, 1 being next; null when it is not.</param>
/// <param name="ExpectedSeconds">From recent calls; null where there is no basis.</param>
/// <param name="MayChange">Whether it can be cancelled, or asked for at another time.</param>
internal sealed record CallbackOut(
    CallbackState State, string Number, DateTimeOffset? From, DateTimeOffset? To, DateTimeOffset? NextCallAt, int Attempts, int? Position, double? ExpectedSeconds, bool IsCalling, bool MayChange)
{
    public static CallbackOut Of(CustomerCallback call) => new(
        call.State, PhoneRules.InWords(call.Number), call.Window?.From, call.Window?.To, call.NextCallAt, call.Attempts, call.Position, call.Expected?.TotalSeconds, call.IsCalling, call.MayChange);
}

/// <summary>What one said of the help.</summary>
/// <param name="ChangeableUntil">The first instant at which it stands for good.</param>
internal sealed record RatingOfRequest(RatingScore Score, string Comment, DateTimeOffset ChangeableUntil);

/// <summary>The claim of business critical and its decision.</summary>
internal sealed record ClaimOut(ClaimState State, ClaimCriterion? Criterion, string? Reason);

/// <summary>A promise with what a browser needs to count it down and to say why.</summary>
internal sealed record PromiseOut(
    Metric Metric, Commitment Commitment, string State, DateTimeOffset StartedAt, DateTimeOffset AtRiskAt, DateTimeOffset DueAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset? BreachedAt, IReadOnlyList<OpenSpan> OpenSpans, IReadOnlyList<ExplanationStep> Steps,
    DateTimeOffset GrossDueAt, DateTimeOffset? PausedAt, IReadOnlyList<StopOut> Stops)
{
    public static PromiseOut Of(ObligationFacts promise, DateTimeOffset now) => new(
        promise.Metric, promise.Commitment, Word(ObligationClock.StateAt(promise, now)), promise.StartedAt, promise.AtRiskAt, promise.DueAt,
        promise.AnsweredAt, promise.BreachedAt, promise.OpenSpans, promise.Explanation,
        promise.GrossDueAt, promise.PausedAt, [.. promise.Stops.Select(StopOut.Of)]);

    // The contract's words have hyphens.
    private static string Word(ObligationState state) => state switch
    {
        ObligationState.OnTrack => "on-track",
        ObligationState.AtRisk => "at-risk",
        _ => state.ToString().ToLowerInvariant(),
    };
}

/// <summary>A stretch in which the clock stands: an exception with its notice, or waiting for the customer.</summary>
internal sealed record StopOut(DateTimeOffset From, DateTimeOffset To, StopKind Kind, string Reason, string Note)
{
    public static StopOut Of(ClockStop stop) => new(stop.From, stop.To, stop.Kind, stop.Reason, stop.Note);
}

/// <summary>A public message, in the shape of API and hub.</summary>
internal sealed record MessageOfRequest(long Sequence, string ClientMessageId, MessageFrom From, string AuthorName, string Visibility, string Body, DateTimeOffset SentAt, IReadOnlyList<AttachmentView> Attachments)
{
    public static MessageOfRequest Of(PublicMessage message) =>
        new(message.Sequence, message.ClientMessageId, message.From, message.AuthorName, "public", message.Body, message.SentAt, AttachmentView.Of(message));
}
