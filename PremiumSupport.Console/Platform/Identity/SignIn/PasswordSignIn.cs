using Microsoft.AspNetCore.Identity;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>Signs staff in by password. Nothing in the answer or the time it takes tells a wrong password from an unknown, locked or disabled person (trust rule 19).</summary>
internal sealed class PasswordSignIn(SignInManager<StaffUser> signIn, UserManager<StaffUser> users, IPasswordHasher<StaffUser> hasher, TimeProvider clock)
{
    private static readonly StaffUser Nobody = new();

    // Made from a random password at the cost of a real one.
    private static string? _nobodysHash;

    /// <summary>No refusal is quicker than this: what the ways to fail do besides hashing, such as counting a failure, takes less.</summary>
    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(400);

    /// <summary>True when the cookie has been given. Five wrong passwords in a row lock a person out for five minutes.</summary>
    public async Task<bool> TryAsync(string email, string password)
    {
        var began = clock.GetTimestamp();
        var user = await users.FindByEmailAsync(email.Trim());
        var result = user is null ? SignInResult.Failed : await signIn.PasswordSignInAsync(user, password, isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            return true;
        }

        if (user?.PasswordHash is null || result.IsLockedOut)
        {
            hasher.VerifyHashedPassword(Nobody, _nobodysHash ??= hasher.HashPassword(Nobody, Secret.New()), password);
        }

        if (Floor - clock.GetElapsedTime(began) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, clock);
        }

        return false;
    }
}
