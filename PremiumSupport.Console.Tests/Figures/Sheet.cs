using System.Globalization;

namespace PremiumSupport.Tests.Figures;

/// <summary>Where figures go: the test's output, and the file that <c>eng/measure.sh</c> names. Lines that begin with a bar are rows of its table, others notes below it.</summary>
internal static class Sheet
{
    private const string FileVariable = "PREMIUMSUPPORT_FIGURES";

    public static string Number(double value) => value switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    public static void Row(string what, string product, string yardstick, double ratio) => Write($"| {what} | {product} | {yardstick} | {Number(ratio)} |");

    /// <summary>A row of one unit; the ratio is product by yardstick.</summary>
    public static void Row(string what, double product, string yardstick, double measured, string unit) =>
        Row(what, $"{Number(product)} {unit}", $"{yardstick}: {Number(measured)} {unit}", product / measured);

    public static void Note(string text) => Write(text);

    private static void Write(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }
}
