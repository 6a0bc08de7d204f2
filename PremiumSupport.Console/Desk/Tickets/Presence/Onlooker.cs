namespace PremiumSupport.Desk.Tickets.Presence;

/// <summary>What somebody does at a ticket; the later stands for the earlier ones.</summary>
public enum PresenceMode { Away, Viewing, Replying }

/// <summary>Somebody who has a ticket open.</summary>
public sealed record Onlooker(Guid StaffId, string Name, PresenceMode Mode);
