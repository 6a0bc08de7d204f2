namespace PremiumSupport.Sla;

/// <summary>An exception as somebody wants to declare it. What is null was not said.</summary>
public sealed record ExceptionDraft(
    DateTimeOffset? From, DateTimeOffset? To, ExceptionScope? Scope, string? ScopeValue, ExceptionReason? Reason, string? Note);

/// <summary>What a scope can name: accounts by key and hubs by name, as far as a draft's value is concerned.</summary>
/// <param name="Account">The key of the account that the draft's value names; null when there is none.</param>
/// <param name="Hub">The hub of the catalogue that it names; null when there is none.</param>
public sealed record ExceptionScopeFacts(string? Account, string? Hub);

/// <summary>Something in a draft that cannot be taken, by the API's name of the field.</summary>
public sealed record ExceptionFault(string Field, string Message);

/// <summary>Why an exception cannot be approved or withdrawn: a stable word for programs and a sentence.</summary>
public sealed record ExceptionObstacle(string Code, string Message);

/// <summary>Who may declare, approve and withdraw which response-time exception, and when. Instants are whole milliseconds in UTC.</summary>
public static class ExceptionRules
{
    /// <summary>The code for an author who approves their own exception.</summary>
    public const string OwnException = "own-exception";

    /// <summary>The code for somebody who withdraws another's exception without being an admin.</summary>
    public const string NotYours = "not-yours";

    /// <summary>A notice has at most this many characters.</summary>
    public const int LongestNote = 1_000;

    /// <summary>No exception lasts longer; who needs more declares, and lets somebody approve, a second one.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(31);

    /// <summary>Everything that is wrong with a draft; empty when it may be declared. Prospective only: a start before <paramref name="now"/> is refused (rule 13).</summary>
    public static IReadOnlyList<ExceptionFault> Faults(ExceptionDraft draft, ExceptionScopeFacts known, DateTimeOffset now) =>
        [.. WindowFaults(draft, now), .. ScopeFaults(draft, known), .. WordFaults(draft)];

    /// <summary>The scope's value as it is kept: the account's key, the channel's word or the hub's name; null for everything. For drafts without faults.</summary>
    public static string? ScopeValue(ExceptionDraft draft, ExceptionScopeFacts known) => draft.Scope switch
    {
        ExceptionScope.Account => known.Account,
        ExceptionScope.Channel => ChannelOf(draft.ScopeValue)?.ToString().ToLowerInvariant(),
        ExceptionScope.Hub => known.Hub,
        _ => null,
    };

    /// <summary>Why this person cannot approve; null when they can. A second person has to, and while something of it is still to come.</summary>
    public static ExceptionObstacle? ApprovalObstacle(ExceptionState state, Guid authorId, DateTimeOffset to, Guid approverId, DateTimeOffset now) => state switch
    {
        ExceptionState.Approved => new("not-proposed", "This exception has been approved already."),
        ExceptionState.Withdrawn => new("not-proposed", "This exception was withdrawn; declare it anew."),
        _ when authorId == approverId => new(OwnException, "An exception is approved by a second person; you declared this one yourself."),
        _ when to <= now => new("exception-over", "This exception is over before it was approved. Exceptions never count backwards."),
        _ => null,
    };

    /// <summary>Why this person cannot withdraw; null when they can. An approved exception stays: deadlines have moved by it.</summary>
    public static ExceptionObstacle? WithdrawalObstacle(ExceptionState state, Guid authorId, Guid callerId, bool isAdmin) => state switch
    {
        ExceptionState.Approved => new("not-proposed", "An approved exception cannot be withdrawn: deadlines have moved by it."),
        ExceptionState.Withdrawn => new("not-proposed", "This exception has been withdrawn already."),
        _ when authorId != callerId && !isAdmin => new(NotYours, "Only its author or an admin withdraws an exception."),
        _ => null,
    };

    private static IEnumerable<ExceptionFault> WindowFaults(ExceptionDraft draft, DateTimeOffset now)
    {
        if (draft.From is not { } from)
        {
            yield return new("from", "Say when the exception begins.");
        }
        else if (from < now)
        {
            yield return new("from", "An exception cannot begin in the past: it never excuses what has already run.");
        }

        if (draft.To is not { } to)
        {
            yield return new("to", "Say when the exception ends.");
        }
        else if (draft.From is { } begin && to <= begin)
        {
            yield return new("to", "The exception has to end after it begins.");
        }
        else if (draft.From is { } first && to - first > Longest)
        {
            yield return new("to", $"An exception lasts at most {Longest.Days} days.");
        }
    }

    private static IEnumerable<ExceptionFault> ScopeFaults(ExceptionDraft draft, ExceptionScopeFacts known)
    {
        if (draft.Scope is not { } scope)
        {
            yield return new("scope.kind", "Say what the exception is for: everything, account, channel or hub.");
            yield break;
        }

        var value = draft.ScopeValue?.Trim() ?? "";
        if (scope == ExceptionScope.Everything)
        {
            if (value.Length > 0)
            {
                yield return new("scope.value", "An exception for everything names nothing.");
            }

            yield break;
        }

        var (missing, isKnown, unknown) = scope switch
        {
            ExceptionScope.Account => ("Name the account by its key.", known.Account is not null, "There is no account of that key."),
            ExceptionScope.Channel => ("Name the channel: email, chat, phone or mailbox.", ChannelOf(value) is not null, "That is no channel; say email, chat, phone or mailbox."),
            _ => ("Name the hub.", known.Hub is not null, "No account has a hub of that name."),
        };
        if (value.Length == 0)
        {
            yield return new("scope.value", missing);
        }
        else if (!isKnown)
        {
            yield return new("scope.value", unknown);
        }
    }

    private static IEnumerable<ExceptionFault> WordFaults(ExceptionDraft draft)
    {
        if (draft.Reason is null)
        {
            yield return new("reason", "Give a reason: holiday, incident, maintenance, forceMajeure, event or other.");
        }

        var note = draft.Note?.Trim() ?? "";
        if (note.Length == 0)
        {
            yield return new("note", "Write the notice that customers read.");
        }
        else if (note.Length > LongestNote)
        {
            yield return new("note", $"The notice has at most {LongestNote:N0} characters; this one has {note.Length:N0}.");
        }
    }

    private static Channel? ChannelOf(string? word) =>
        Enum.GetValues<Channel>().Cast<Channel?>().FirstOrDefault(channel => string.Equals(channel.ToString(), word?.Trim(), StringComparison.OrdinalIgnoreCase));
}
