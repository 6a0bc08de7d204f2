using System.Globalization;

namespace PremiumSupport.Platform.Time;

/// <summary>
/// How long the machine has been up, suspensions counted in, where the system tells it (Linux). Elsewhere null: there a suspension looks like a wall clock that jumped forward,
/// and counts as soon as that is believed.
/// </summary>
internal static class MachineUptime
{
    private const string Path = "/proc/uptime";

    /// <summary>The uptime to a hundredth of a second.</summary>
    public static TimeSpan? Read()
    {
        try
        {
            var text = File.ReadAllText(Path);
            return double.TryParse(text.AsSpan(0, Math.Max(0, text.IndexOf(' '))), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
