using System.Globalization;

namespace PremiumSupport.Demo;

/// <summary>The demo workspace (<c>Demo:*</c>).</summary>
public sealed record DemoOptions
{
    /// <summary>Seeds the demo workspace. Default: true in Development only.</summary>
    public bool Enabled { get; init; }

    /// <summary>Lets the demo run in Production all the same.</summary>
    public bool AllowInProduction { get; init; }

    /// <summary>Seeds tickets; without them staff, accounts and articles remain. Default true.</summary>
    public bool Tickets { get; init; } = true;

    /// <summary>Lets scripted customers write. Default: true in Development only.</summary>
    public bool Traffic { get; init; }

    /// <summary>How much traffic before now is replayed at the first start, so that reports have something to say. Default none; up to 31 days.</summary>
    public TimeSpan Replay { get; init; }

    /// <summary>The demo staff's password.</summary>
    public string Password { get; init; } = "";

    /// <summary>An API key with every scope that acts for admin@demo.example.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The same for lead@demo.example.</summary>
    public string LeadApiKey { get; init; } = "";

    /// <summary>Reads the options, fills in what Development is given, and refuses what Production must not have.</summary>
    /// <exception cref="InvalidOperationException">The demo is on in Production without leave, or lacks a password there; the message names the key.</exception>
    public static DemoOptions Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var isDevelopment = environment.IsDevelopment();
        var defaults = new DemoOptions { Enabled = isDevelopment, Traffic = isDevelopment };
        var section = configuration.GetSection("Demo");
        var options = defaults with
        {
            Enabled = section.GetValue("Enabled", defaults.Enabled),
            AllowInProduction = section.GetValue("AllowInProduction", false),
            Tickets = section.GetValue("Tickets", true),
            Traffic = section.GetValue("Traffic", defaults.Traffic),
            Replay = ReadReplay(section["Replay"]),
            Password = section["Password"] ?? (isDevelopment ? "Demo-Premium-1" : ""),
            ApiKey = section["ApiKey"] ?? (isDevelopment ? "demo-admin-key" : ""),
            LeadApiKey = section["LeadApiKey"] ?? (isDevelopment ? "demo-lead-key" : ""),
        };
        if (!options.Enabled)
        {
            return options;
        }

        if (environment.IsProduction() && !options.AllowInProduction)
        {
            throw new InvalidOperationException(
                "Demo:Enabled (environment variable Demo__Enabled) is true in Production, where everybody knows the demo's password. Leave it out, or set Demo:AllowInProduction=true (Demo__AllowInProduction) if you mean it.");
        }

        if (options.Password.Length < 12)
        {
            throw new InvalidOperationException("Demo:Password (environment variable Demo__Password) is missing or has fewer than 12 characters; the demo's staff signs in with it.");
        }

        return options;
    }

    private static TimeSpan ReadReplay(string? text) =>
        text is not { Length: > 0 } ? TimeSpan.Zero
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var replay) && replay >= TimeSpan.Zero && replay <= TimeSpan.FromDays(31) ? replay
        : throw new InvalidOperationException($"Demo:Replay (environment variable Demo__Replay) is '{text}'. Write how much traffic to replay at the first start, for example 1.00:00:00 for a day; up to 31 days.");
}
