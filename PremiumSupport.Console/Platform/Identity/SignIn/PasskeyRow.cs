namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">The credential id, base64url.</param>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset CreatedAt);
