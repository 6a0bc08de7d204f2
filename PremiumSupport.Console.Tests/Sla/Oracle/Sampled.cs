using System.Globalization;
using CsCheck;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>Random cases that are the same in every run, so that a red run stays red until it is mended.</summary>
internal static class Sampled
{
    /// <summary>So many cases where the long run is not asked for; <c>PREMIUMSUPPORT_SLA_CASES</c> asks for it.</summary>
    public static int Cases(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("PREMIUMSUPPORT_SLA_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out var cases) ? cases : otherwise;

    /// <summary>The first so many cases of a stream of a generator.</summary>
    public static IEnumerable<T> Of<T>(Gen<T> gen, int count, uint stream = 1)
    {
        var random = new PCG(stream, 20_260_113);
        for (var made = 0; made < count; made++)
        {
            yield return gen.Generate(random, null, out _);
        }
    }
}
