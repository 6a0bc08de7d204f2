using PremiumSupport.Platform.Identity.SignIn;

namespace PremiumSupport.Demo;

/// <summary>Says on the sign-in page who is in the demo workspace.</summary>
internal sealed class DemoSignInHint(DemoOptions options) : ISignInHint
{
    public string Text => "This is a demo workspace. Choose whom to be.";

    public IReadOnlyList<string> Emails => [.. DemoPeople.Staff.Select(person => person.Email)];

    public string Password => options.Password;
}
