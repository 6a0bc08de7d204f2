using System.Security.Claims;
using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Identity;

/// <summary>Reads the caller out of an authenticated principal.</summary>
public static class CallerReader
{
    public static StaffCaller? Staff(ClaimsPrincipal principal) => null;
    public static CustomerCaller? Customer(ClaimsPrincipal principal) => null;
    public static Caller? From(ClaimsPrincipal principal) => null;
    public static ClientPlatform PlatformOf(ClaimsPrincipal principal) => ClientPlatform.Web;
}
