namespace PremiumSupport.Sla.Proof;

/// <summary>A stretch in which a clock stood, half-open.</summary>
/// <param name="From">The first instant that does not count.</param>
/// <param name="To">The first instant that counts again.</param>
/// <param name="Exception">The exception's id; null while the ticket waited for its customer.</param>
internal readonly record struct Standstill(DateTimeOffset From, DateTimeOffset To, string? Exception)
{
    public bool IsWaiting => Exception is null;
}
