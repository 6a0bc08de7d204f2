namespace PremiumSupport.Platform.Web;

/// <summary>The headers of every page. Nothing is loaded from a third party, and nobody may frame the console (trust rule 17).</summary>
internal static class SecurityHeaders
{
    /// <summary>For everything that does not name a policy of its own.</summary>
    public static HeaderPolicyCollection Default { get; } = new HeaderPolicyCollection()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyStrictOriginWhenCrossOrigin()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().Self();
            csp.AddScriptSrc().Self().WithNonce();
            // MudBlazor writes style attributes and <style> elements as it renders.
            csp.AddStyleSrc().Self().UnsafeInline();
            csp.AddImgSrc().Self().Data();
            csp.AddFontSrc().Self();
            csp.AddConnectSrc().Self();
            csp.AddObjectSrc().None();
            csp.AddBaseUri().Self();
            csp.AddFormAction().Self();
            csp.AddFrameAncestors().None();
        });
}
