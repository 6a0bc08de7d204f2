using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Time;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Monitoring.Kills;

/// <summary>The whole product as a process of its own, real but for the machine's clock under its own.</summary>
internal static class SupportNode
{
    /// <summary>Makes the test executable be this: origin, stamp (empty: a line on its input brings it) and factor of the clock follow, then settings as <c>key=value</c>.</summary>
    public const string Switch = "--support-node";

    /// <summary>What it writes before its address when it listens.</summary>
    public const string Ready = "READY ";

    public static string[] Arguments(DateTimeOffset origin, long? stamp, double factor, IEnumerable<KeyValuePair<string, string?>> settings) =>
    [
        Switch, origin.ToString("O", CultureInfo.InvariantCulture), stamp?.ToString(CultureInfo.InvariantCulture) ?? "", factor.ToString("R", CultureInfo.InvariantCulture),
        .. settings.Select(setting => $"{setting.Key}={setting.Value}"),
    ];

    /// <summary>Runs until it is killed, or until whoever started it is gone.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var clock = new AcceleratedClock(
            DateTimeOffset.Parse(arguments[1], CultureInfo.InvariantCulture), Stamp(arguments[2]), double.Parse(arguments[3], CultureInfo.InvariantCulture));
        var settings = arguments.Skip(4).Select(setting => setting.Split('=', 2)).ToDictionary(setting => setting[0], setting => (string?)setting[1]);
        await using var host = new SupportHost(settings, services => services.AddSingleton(new SteadyClock(new(), clock, () => null)));
        Console.WriteLine(Ready + host.Address);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            clock.Begin(Stamp(line)!.Value);
        }

        return 0;
    }

    private static long? Stamp(string text) => text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
