namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>Who may sign in to a workspace that hides nothing. Only the demo workspace has one; the sign-in page shows it to everybody.</summary>
public interface ISignInHint
{
    /// <summary>A short sentence, e.g. what this workspace is.</summary>
    string Text { get; }

    /// <summary>The addresses to choose from, in order.</summary>
    IReadOnlyList<string> Emails { get; }

    /// <summary>The password of all of them.</summary>
    string Password { get; }
}
