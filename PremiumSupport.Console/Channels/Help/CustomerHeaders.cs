namespace PremiumSupport.Channels.Help;

/// <summary>The headers of the customer pages: nothing inline runs, nothing comes from elsewhere, and only the vendor's own pages may frame them (trust rule 17).</summary>
public static class CustomerHeaders
{
    /// <summary>For pages that our origin and the allowed ones may frame.</summary>
    public static void Framed(HeaderPolicyCollection policy, IReadOnlyList<string> origins) =>
        Add(policy, csp =>
        {
            var ancestors = csp.AddFrameAncestors().Self();
            foreach (var origin in origins)
            {
                ancestors.From(origin);
            }
        });

    /// <summary>For pages that nobody may frame, and that may frame our own.</summary>
    public static void Own(HeaderPolicyCollection policy) => Add(policy, csp => csp.AddFrameAncestors().None());

    private static void Add(HeaderPolicyCollection policy, Action<CspBuilder> ancestors)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyStrictOriginWhenCrossOrigin()
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().Self();
                csp.AddScriptSrc().Self();
                csp.AddStyleSrc().Self();
                csp.AddImgSrc().Self().Data();
                csp.AddFontSrc().Self();
                csp.AddConnectSrc().Self();
                csp.AddObjectSrc().None();
                csp.AddBaseUri().None();
                csp.AddFormAction().Self();
                ancestors(csp);
            });
    }
}
