using Microsoft.AspNetCore.Components.Authorization;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Shell;

/// <summary>Says who uses this circuit, as the caller that commands and queries take.</summary>
public sealed class StaffIdentity(AuthenticationStateProvider authentication)
{
    /// <summary>The signed-in member of staff; null when nobody is, which the endpoint has refused before.</summary>
    public async Task<StaffCaller?> CurrentAsync() => CallerReader.Staff((await authentication.GetAuthenticationStateAsync()).User);
}
