using PremiumSupport.Platform.Web.Limits;

namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>Failed sign-ins by address. A lock after five tries protects one person; this one protects all of them from a list of addresses and one password.</summary>
internal sealed class SignInLimits(LimitOptions options, TimeProvider clock)
{
    /// <summary>Only what failed is counted: an office that signs in at nine is not in its way.</summary>
    public Limiter Failed { get; } = new(new Allowance(20, TimeSpan.FromSeconds(15)).Times(options.Scale), clock);
}
