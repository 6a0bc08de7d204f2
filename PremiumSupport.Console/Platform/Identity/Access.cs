namespace PremiumSupport.Platform.Identity;

/// <summary>The policies that doors name.</summary>
public static class Access
{
    public const string Staff = "Staff";
    public const string Lead = "Lead";
    public const string Admin = "Admin";
    public const string Api = "Api";
    public const string Customer = "Customer";
    public const string Chat = "Chat";
}
