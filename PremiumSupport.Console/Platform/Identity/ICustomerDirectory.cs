namespace PremiumSupport.Platform.Identity;

/// <summary>What a session needs to know about the person it belongs to.</summary>
public sealed record CustomerCard(Guid ContactId, Guid AccountId, string Name, string Email);

/// <summary>Finds the people of accounts. Implemented by the room that keeps them, because identity knows no feature.</summary>
public interface ICustomerDirectory
{
    /// <summary>The contact, or null when it is gone; its sessions end with it.</summary>
    ValueTask<CustomerCard?> FindAsync(Guid contactId, CancellationToken cancellation = default);
}
