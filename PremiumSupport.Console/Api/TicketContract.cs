using System.Text.Json;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

internal sealed record PersonInput(string? Email, string? Name);

internal sealed record TicketInput(
    string? Channel, PersonInput? Requester, string? Account, string? Subject, string? Body,
    bool? BusinessCritical, string? Criterion, string? Impact, string? PhoneNumber, string? Locale, string? ClientMessageId, IReadOnlyList<Guid>? Attachments, CallWish? CallWindow);

/// <param name="SeenSequence">Up to which message the author had read; a colleague's answer after it is answered with 409 <c>answered-meanwhile</c>.</param>
internal sealed record MessageInput(string? Body, string? Visibility, string? ClientMessageId, bool? Automated, IReadOnlyList<Guid>? Attachments, long? SeenSequence);

/// <summary>
/// The assignee is a raw element, because an absent one and a null one mean different things; a nullable element would read both as null.
/// </summary>
internal sealed record TicketPatch(
    string? Status, JsonElement Assignee, string? Subject, string?[]? Tags, string? Severity, string? Reason, long? Version, PersonInput? Requester, string? Account);

internal sealed record MergeInput(long? Into);

internal sealed record SplitInput(long? FromSequence, string? Subject);

internal sealed record DecisionInput(bool? Confirm, string? Reason);

/// <param name="Outcome">reached, noAnswer, busy, voicemail or wrongNumber.</param>
/// <param name="Direction">outgoing, which is meant when it is absent, or incoming.</param>
/// <param name="Notes">What was said, as an internal note.</param>
/// <param name="DurationSeconds">How long it took. When the promise was met is when the call is recorded.</param>
internal sealed record CallInput(string? Outcome, string? Direction, string? Notes, double? DurationSeconds);

/// <summary>A call on a ticket.</summary>
internal sealed record CallOut(
    Guid Id, CallDirection Direction, CallSource Source, string Number, string StaffName, DateTimeOffset StartedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, double? DurationSeconds, CallOutcome? Outcome)
{
    public static CallOut Of(CallView call) => new(
        call.Id, call.Direction, call.Source, call.Number, call.StaffName, call.StartedAt, call.AnsweredAt, call.EndedAt, call.Duration?.TotalSeconds, call.Outcome);
}

internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

internal sealed record MessageOut(long Sequence, string ClientMessageId, string From, string AuthorName, string Visibility, string Body, DateTimeOffset SentAt, IReadOnlyList<AttachmentView> Attachments)
{
    public static MessageOut Of(PublicMessage message) =>
        new(message.Sequence, message.ClientMessageId, message.From.ToString().ToLowerInvariant(), message.AuthorName, "public", message.Body, message.SentAt, AttachmentView.Of(message));

    public static MessageOut Of(InternalNote note) =>
        new(note.BehindSequence, note.ClientMessageId, "staff", note.AuthorName, "internal", note.Body, note.WrittenAt, AttachmentView.Of(note));
}

internal sealed record ClaimOut(ClaimState State, ClaimCriterion? Criterion, string? Reason);

internal sealed record AccountOut(string Key, string Name);

internal sealed record RequesterOut(string Email, string Name, RequesterRole Role);

internal sealed record PersonOut(string Email, string Name);

/// <summary>When a promise's clock stood: an exception, by its id, or a wait for the customer.</summary>
internal sealed record StopOut(StopKind Kind, DateTimeOffset From, DateTimeOffset To, string? Exception, string Reason, string Note);

/// <summary>How its customer found the help.</summary>
internal sealed record RatingOut(RatingScore Score, string Comment, DateTimeOffset RatedAt);

internal sealed record ObligationOut(
    Metric Metric, int Cycle, Commitment Commitment, double TargetSeconds, string State, DateTimeOffset StartedAt, DateTimeOffset AtRiskAt, DateTimeOffset DueAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset? BreachedAt, DateTimeOffset? DetectedAt, int PolicyVersion, IReadOnlyList<string> Explanation,
    DateTimeOffset GrossDueAt, IReadOnlyList<StopOut> Stops)
{
    public static ObligationOut Of(ObligationFacts facts, string zone, DateTimeOffset now) => new(
        facts.Metric, facts.Cycle, facts.Commitment,
        // A target in business days has no fixed length; what it came to is the open time between start and due.
        (facts.Target.Duration ?? facts.OpenSpans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length)).TotalSeconds,
        StateWord(ObligationClock.StateAt(facts, now)),
        facts.StartedAt, facts.AtRiskAt, facts.DueAt, facts.AnsweredAt, facts.BreachedAt, facts.DetectedAt, facts.PolicyVersion,
        ExplanationWords.InEnglish(facts.Explanation, zone),
        facts.GrossDueAt, [.. facts.Stops.Select(stop => new StopOut(stop.Kind, stop.From, stop.To, stop.Kind == StopKind.Exception ? stop.Reference : null, stop.Reason, stop.Note))]);

    private static string StateWord(ObligationState state) => state switch
    {
        ObligationState.OnTrack => "on-track",
        ObligationState.AtRisk => "at-risk",
        _ => state.ToString().ToLowerInvariant(),
    };
}

internal sealed record TicketOut(
    long Number, string Subject, Channel Channel, TicketStatus Status, Severity Severity, ClaimOut Claim, AccountOut Account, RequesterOut Requester,
    PersonOut? Assignee, IReadOnlyList<string> Tags, string? PhoneNumber, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? NextDueAt,
    long Version, IReadOnlyList<ObligationOut> Obligations, long? MergedInto, RatingOut? Rating)
{
    public static TicketOut Of(TicketView ticket, DateTimeOffset now) => new(
        ticket.Number, ticket.Subject, ticket.Channel, ticket.Status, ticket.Severity,
        new(ticket.Claim, ticket.Criterion, ticket.ClaimReason),
        new(ticket.Account.Key, ticket.Account.Name),
        new(ticket.Requester.Email, ticket.Requester.Name, ticket.Requester.Role),
        ticket.Assignee is { } assignee ? new(assignee.Email, assignee.Name) : null,
        ticket.Tags, ticket.PhoneNumber, ticket.CreatedAt, ticket.UpdatedAt, ticket.NextDueAt, ticket.Version,
        [.. ticket.Obligations.Select(facts => ObligationOut.Of(facts, ticket.Requester.Zone, now))], ticket.MergedInto,
        ticket.Rating is { } rating ? new(rating.Score, rating.Comment, rating.ChangedAt) : null);
}

internal sealed record LedgerOut(
    long Sequence, DateTimeOffset At, LedgerKind Kind, Metric? Metric, int? Cycle, JsonElement Data, string PreviousHash, string Hash)
{
    public static LedgerOut Of(LedgerEntry entry) =>
        new(entry.Sequence, entry.At, entry.Kind, entry.Metric, entry.Cycle, JsonElement.Parse(entry.Data), entry.PreviousHash, entry.Hash);
}
