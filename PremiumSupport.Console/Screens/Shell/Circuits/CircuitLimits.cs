using System.Globalization;

namespace PremiumSupport.Screens.Shell.Circuits;

/// <summary>How many pages of the console may be alive at once (<c>Circuits:*</c>).</summary>
public sealed record CircuitLimits
{
    /// <summary>Pages of one person on a node whose line is up. Default 20.</summary>
    public int PerPerson { get; init; } = 20;

    /// <summary>Pages that a node keeps in memory, those whose line is down for a moment among them. Default 2,000.</summary>
    public int PerNode { get; init; } = 2_000;

    /// <summary>Reads the limits.</summary>
    /// <exception cref="InvalidOperationException">One is no whole number from 1 to 1,000,000; the message names the key.</exception>
    public static CircuitLimits Read(IConfiguration configuration)
    {
        var defaults = new CircuitLimits();
        return new() { PerPerson = Read(configuration, nameof(PerPerson), defaults.PerPerson), PerNode = Read(configuration, nameof(PerNode), defaults.PerNode) };
    }

    private static int Read(IConfiguration configuration, string name, int standard) =>
        configuration[$"Circuits:{name}"] is not { Length: > 0 } text ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= 1_000_000 ? limit
        : throw new InvalidOperationException($"Circuits:{name} (environment variable Circuits__{name}) is '{text}'. Write a whole number from 1 to 1000000; {standard} is the default.");
}
