using System.Diagnostics;
using System.Net.Http.Headers;
using PremiumSupport.Tests.Lines;
using PremiumSupport.Tests.Processes;

namespace PremiumSupport.Tests.Hosting;

/// <summary>The built product as a process of its own that can be killed without warning and started again on the same database.</summary>
public sealed class SupportProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly List<ProcessLife> _lives = [];

    /// <param name="settings">On top of the demo's people without tickets.</param>
    /// <param name="database">Is the caller's; none for one in a folder that goes with the process.</param>
    public SupportProcess(IReadOnlyDictionary<string, string> settings, TestDatabase? database = null)
    {
        Address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        _settings = new()
        {
            ["ConnectionStrings:Support"] = $"Data Source={Path.Combine(Folder, "support.db")}",
            ["Storage:Path"] = Folder,
            ["Demo:Tickets"] = "false",
            ["Demo:Traffic"] = "false",
            ["Demo:Password"] = SupportHost.Password,
            ["Demo:ApiKey"] = SupportHost.ApiKey,
            ["Demo:LeadApiKey"] = SupportHost.LeadApiKey,
            ["Urls"] = Address.ToString(),
            ["Undo:Email"] = "00:00:00",
        };
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }

        foreach (var (key, value) in database?.Settings ?? new Dictionary<string, string?>())
        {
            _settings[key] = value!;
        }
    }

    public Uri Address { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("premium-support-").FullName;

    /// <summary>All its lives so far, the last one last.</summary>
    internal IReadOnlyList<ProcessLife> Lives => _lives;

    /// <summary>Starts the process and returns when it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Path.GetDirectoryName(Executable)! };
        start.ArgumentList.Add(Executable);
        foreach (var (key, value) in _settings)
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var life = new ProcessLife(start, line => line.Contains("Application started", StringComparison.Ordinal));
        _lives.Add(life);
        await life.ReadyAsync();
    }

    /// <summary>kill -9: no goodbye, no flush.</summary>
    public Task KillAsync() => _lives is [.., var life] ? life.KillAsync() : Task.CompletedTask;

    /// <summary>A client of the REST API that acts for the demo's admin.</summary>
    public HttpClient Api()
    {
        var client = Http.Client(Address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SupportHost.ApiKey);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var life in _lives)
        {
            await life.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The console's own build output beside the tests': only there do its static files' addresses hold.</summary>
    internal static string Executable
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            var output = Path.Combine("bin", folder.Parent!.Name, folder.Name);
            while (!File.Exists(Path.Combine(folder.FullName, "PremiumSupport.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside their repository.");
            }

            return Path.Combine(folder.FullName, "PremiumSupport.Console", output, "PremiumSupport.Console.dll");
        }
    }
}

/// <summary>Plain clients for addresses outside the test host.</summary>
internal static class Http
{
    private static readonly SocketsHttpHandler Handler = new();

    public static HttpClient Client(Uri address) => new(Handler, disposeHandler: false) { BaseAddress = address };
}
