using System.Text.Json.Serialization;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Exceptions;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

internal sealed record ScopeInput(string? Kind, string? Value);

/// <summary>Instants are text, so that one which is none is answered with its field.</summary>
internal sealed record ExceptionInput(string? From, string? To, ScopeInput? Scope, string? Reason, string? Note);

internal sealed record ScopeOut(ExceptionScope Kind, string? Value);

internal sealed record MovedOut(long Ticket, Metric Metric, int Cycle, DateTimeOffset From, DateTimeOffset DueAt)
{
    public static MovedOut Of(MovedDeadline moved) => new(moved.Number, moved.Metric, moved.Cycle, moved.From, moved.To);
}

internal sealed record ExceptionOut(
    Guid Id, ExceptionState State, DateTimeOffset From, DateTimeOffset To, DateTimeOffset EffectiveFrom, ScopeOut Scope, ExceptionReason Reason, string Note,
    string Author, DateTimeOffset DeclaredAt, string? Approver, DateTimeOffset? ApprovedAt)
{
    /// <summary>The deadlines that the approval moved, in its own answer; absent elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MovedOut>? Moved { get; init; }

    public static ExceptionOut Of(ExceptionView view) => new(
        view.Id, view.State, view.From, view.To, view.EffectiveFrom, new(view.ScopeKind, view.ScopeValue), view.Reason, view.Note,
        view.AuthorName, view.DeclaredAt, view.ApproverName, view.ApprovedAt);
}
