namespace PremiumSupport.Desk.Tickets;

/// <summary>Why a door said no; decides the HTTP status.</summary>
public enum RefusalKind { Invalid, NotFound, Forbidden, Conflict }

/// <summary>
/// A no, in words for the person who asked. A value, not an exception: on a shared screen stale clicks are normal.
/// </summary>
/// <param name="Kind">What sort of no.</param>
/// <param name="Code">A stable word for programs, e.g. <c>not-entitled</c>.</param>
/// <param name="Message">A sentence.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message)
{
    /// <summary>Sentences by the API's name of the field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The same answer for what is not there and what is not the caller's.</summary>
    public static Refusal TicketNotFound { get; } = new(RefusalKind.NotFound, "not-found", "There is no such ticket, or it is not yours.");

    /// <summary>Bad input, with a sentence per field.</summary>
    public static Refusal Invalid(params (string Field, string Message)[] errors) =>
        new(RefusalKind.Invalid, "invalid", errors.Length == 1 ? errors[0].Message : "Some fields need another look.")
        {
            Errors = errors.GroupBy(error => error.Field).ToDictionary(group => group.Key, group => group.Select(error => error.Message).ToArray()),
        };

    /// <summary>Something changed meanwhile, or the state does not allow it.</summary>
    public static Refusal Conflict(string code, string message) => new(RefusalKind.Conflict, code, message);
}

/// <summary>Either what was asked for or why not.</summary>
public readonly record struct Outcome<T>(T? Value, Refusal? Refusal)
{
    /// <summary>True when it was done.</summary>
    public bool IsDone => Refusal is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
