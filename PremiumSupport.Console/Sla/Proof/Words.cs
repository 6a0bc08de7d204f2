using System.Globalization;

namespace PremiumSupport.Sla.Proof;

/// <summary>What the verifier's sentences are made of.</summary>
internal static class Words
{
    public static string Of(Metric metric) => metric switch
    {
        Metric.FirstResponse => "First response",
        Metric.NextResponse => "Next response",
        _ => "Callback",
    };

    public static string Of(PromiseTarget target) =>
        target.BusinessDays is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days} business days") : target.Duration!.Value.ToString("c", CultureInfo.InvariantCulture);

    public static string Of(DateTimeOffset? instant) => instant is { } at ? ObligationClock.Text(at) : "nothing";
}
