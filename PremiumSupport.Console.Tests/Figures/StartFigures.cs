using System.Diagnostics;
using System.Net;

namespace PremiumSupport.Tests.Figures;

/// <summary>How long from starting the process on an empty folder, demo workspace and all, to the first page.</summary>
public sealed class StartFigures
{
    private const string Listening = "Now listening on: ";

    [Fact(Explicit = true)]
    public async Task Start_to_first_page()
    {
        var loads = await Load.MediansAsync(() => TimeAsync(Product()), () => TimeAsync(Empty()));
        Sheet.Row("Start to first page, empty database, demo workspace seeded", loads[0].P50 / 1000, "empty ASP.NET Core application", loads[1].P50 / 1000, "s");
    }

    private static ProcessStartInfo Product()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "PremiumSupport.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The figures run from the repository's own build output.");
        }

        var project = Path.Combine(root.FullName, "PremiumSupport.Console");
        var output = Path.GetRelativePath(Path.Combine(root.FullName, "PremiumSupport.Console.Tests"), AppContext.BaseDirectory);
        var start = Dotnet(Path.Combine(project, output, "PremiumSupport.Console.dll"), "--urls", "http://127.0.0.1:0");
        start.WorkingDirectory = project;
        return start;
    }

    private static ProcessStartInfo Empty() => Dotnet(typeof(StartFigures).Assembly.Location, EmptyApp.Switch);

    private static ProcessStartInfo Dotnet(params string[] arguments) => new("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

    private static async Task<Load> TimeAsync(ProcessStartInfo start)
    {
        var folder = Directory.CreateTempSubdirectory("premium-support-start-").FullName;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ConnectionStrings__Support"] = $"Data Source={Path.Combine(folder, "support.db")}";
        start.Environment["Storage__Path"] = folder;
        start.Environment["Demo__Traffic"] = "false";
        var before = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string? line;
            do
            {
                line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("It ended before it listened.");
            }
            while (!line.Contains(Listening, StringComparison.Ordinal));
            _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            using var client = Measured.Client(new(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim()));
            if ((await client.GetAsync("/account/login", TestContext.Current.CancellationToken)).StatusCode != HttpStatusCode.OK)
            {
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
            }

            return Load.Of([Stopwatch.GetElapsedTime(before).TotalMilliseconds], TimeSpan.FromSeconds(1));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }
}
