using System.Threading.RateLimiting;

namespace PremiumSupport.Channels.Chat;

/// <summary>How many messages one customer may send by plain requests, whatever number of pages they have open; the same pace that a connection of the hub has.</summary>
public sealed class CustomerPace(ChatOptions options) : IDisposable
{
    // Keeps a bucket for those who sent something lately, and throws away those that are full again.
    private readonly PartitionedRateLimiter<Guid> _buckets = PartitionedRateLimiter.Create<Guid, Guid>(contact => RateLimitPartition.GetTokenBucketLimiter(contact, _ => new()
    {
        TokenLimit = options.MessageBurst,
        TokensPerPeriod = Math.Max(1, (int)Math.Round(options.MessagesPerSecond)),
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        AutoReplenishment = true,
    }));

    /// <summary>Takes a message's turn; false when there were too many.</summary>
    public bool IsKept(Guid contactId)
    {
        using var lease = _buckets.AttemptAcquire(contactId);
        return lease.IsAcquired;
    }

    /// <inheritdoc />
    public void Dispose() => _buckets.Dispose();
}
