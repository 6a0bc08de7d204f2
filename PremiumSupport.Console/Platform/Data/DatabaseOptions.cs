namespace PremiumSupport.Platform.Data;

/// <summary>Which database holds everything (<c>Database:*</c>).</summary>
public sealed record DatabaseOptions
{
    /// <summary><c>Sqlite</c>, the default.</summary>
    public string Provider { get; init; } = "Sqlite";
}
