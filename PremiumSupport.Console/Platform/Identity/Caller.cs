namespace PremiumSupport.Platform.Identity;

/// <summary>On whose behalf something is read or written. Every command and query that touches a ticket takes one (trust rule 1).</summary>
public abstract record Caller
{
    /// <summary>The product itself: jobs, the demo's script.</summary>
    public static Caller System { get; } = new SystemCaller();

    /// <summary>The name that a timeline shows.</summary>
    public abstract string Name { get; }

    /// <summary>The staff member or contact; null for the product itself.</summary>
    public abstract Guid? Id { get; }

    private sealed record SystemCaller : Caller
    {
        public override string Name => "PremiumSupport";
        public override Guid? Id => null;
    }
}

/// <summary>A member of staff, signed in or by an API key that acts for them.</summary>
public sealed record StaffCaller(Guid StaffId, string DisplayName, string Email, bool IsLead = false, bool IsAdmin = false) : Caller
{
    /// <inheritdoc />
    public override string Name => DisplayName;

    /// <inheritdoc />
    public override Guid? Id => StaffId;
}

/// <summary>A customer whom the vendor vouched for; reaches their own conversations and nothing else.</summary>
public sealed record CustomerCaller(Guid ContactId, Guid AccountId, string DisplayName, string Email) : Caller
{
    /// <inheritdoc />
    public override string Name => DisplayName;

    /// <inheritdoc />
    public override Guid? Id => ContactId;
}
