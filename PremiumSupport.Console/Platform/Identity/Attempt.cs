namespace PremiumSupport.Platform.Identity;

/// <summary>What came of it, or a sentence for the person who asked that says why not.</summary>
public readonly record struct Attempt<T>(T? Value, string? Problem)
{
    /// <summary>True when it was done.</summary>
    public bool IsDone => Problem is null;

    public static implicit operator Attempt<T>(T value) => new(value, null);
}
