using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace PremiumSupport.Tests.Hosting;

/// <summary>The built product as a process of its own that can be killed without warning and started again on the same database.</summary>
public sealed class SupportProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private Process? _process;

    public SupportProcess(IReadOnlyDictionary<string, string> settings)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _settings = new(settings)
        {
            ["ConnectionStrings:Support"] = $"Data Source={Path.Combine(Folder, "support.db")}",
            ["Storage:Path"] = Folder,
            ["Demo:Tickets"] = "false",
            ["Demo:Traffic"] = "false",
            ["Demo:Password"] = SupportHost.Password,
            ["Demo:ApiKey"] = SupportHost.ApiKey,
            ["Urls"] = Address.ToString(),
        };
    }

    public Uri Address { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("premium-support-").FullName;

    /// <summary>Starts the process and returns when it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Path.GetDirectoryName(Executable)!, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Executable);
        foreach (var (key, value) in _settings)
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        _process = Process.Start(start)!;
        var listening = new TaskCompletionSource();
        var output = new List<string>();
        void Read(object _, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Add(line.Data ?? "");
            }

            if (line.Data?.Contains("Application started", StringComparison.Ordinal) == true)
            {
                listening.TrySetResult();
            }
        }

        _process.OutputDataReceived += Read;
        _process.ErrorDataReceived += Read;
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The process ended: " + string.Join('\n', output)));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await listening.Task.WaitAsync(TimeSpan.FromMinutes(3));
    }

    /// <summary>kill -9: no goodbye, no flush.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>A client of the REST API that acts for the demo's admin.</summary>
    public HttpClient Api()
    {
        var client = Http.Client(Address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SupportHost.ApiKey);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Plain clients for addresses outside the test host.</summary>
internal static class Http
{
    private static readonly SocketsHttpHandler Handler = new();

    public static HttpClient Client(Uri address) => new(Handler, disposeHandler: false) { BaseAddress = address };
}
