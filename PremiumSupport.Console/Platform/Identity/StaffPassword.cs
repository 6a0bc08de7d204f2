using Microsoft.AspNetCore.Identity;

namespace PremiumSupport.Platform.Identity;

/// <summary>What a staff password must be. Length makes it hard to guess; rules about characters make it hard to remember (NIST SP 800-63B, 5.1.1).</summary>
public static class StaffPassword
{
    /// <summary>In characters.</summary>
    public const int MinLength = 12;

    /// <summary>In characters; more is not stronger, only slower to hash.</summary>
    public const int MaxLength = 200;

    private const int MinDistinct = 4;

    /// <summary>A sentence for the person who chose it, or null when it will do.</summary>
    public static string? Check(string? password) => password switch
    {
        null or { Length: < MinLength } => $"Choose at least {MinLength} characters. A few words in a row are fine.",
        { Length: > MaxLength } => $"Choose at most {MaxLength} characters.",
        _ when password.Distinct().Count() < MinDistinct => "Choose something less repetitive.",
        _ => null,
    };

    /// <summary>Makes Identity's own methods ask for the same.</summary>
    internal static void Configure(PasswordOptions options)
    {
        options.RequiredLength = MinLength;
        options.RequiredUniqueChars = MinDistinct;
        options.RequireDigit = options.RequireLowercase = options.RequireUppercase = options.RequireNonAlphanumeric = false;
    }
}
