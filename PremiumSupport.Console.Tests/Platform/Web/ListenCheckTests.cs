using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PremiumSupport.Platform.Web;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Web;

/// <summary>A port that is taken ends the start with a sentence.</summary>
public sealed class ListenCheckTests : IDisposable
{
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);

    public ListenCheckTests() => _other.Start();

    private int Port => ((IPEndPoint)_other.LocalEndpoint).Port;

    public void Dispose() => _other.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}")]
    [InlineData("http://*:{0}")]
    [InlineData("http://127.0.0.1:0; http://127.0.0.1:{0}/")]
    public void A_port_that_is_taken_is_named_with_key_and_variable(string urls)
    {
        var sentence = ListenCheck.Obstacle(urls.Replace("{0}", $"{Port}", StringComparison.Ordinal));
        Assert.Contains($":{Port}", sentence, StringComparison.Ordinal);
        Assert.Contains("--urls", sentence, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://unix:/tmp/support.sock")]
    [InlineData("no address")]
    public void What_is_free_or_has_no_port_is_left_to_the_server(string? urls) => Assert.Null(ListenCheck.Obstacle(urls));

    [Fact]
    public async Task The_product_says_so_and_ends_with_1()
    {
        var folder = Directory.CreateTempSubdirectory("premium-support-");
        try
        {
            var start = new ProcessStartInfo("dotnet", [SupportProcess.Executable, $"--urls=http://127.0.0.1:{Port}", $"--Storage:Path={folder.FullName}", $"--ConnectionStrings:Support=Data Source={Path.Combine(folder.FullName, "s.db")}"])
            {
                WorkingDirectory = Path.GetDirectoryName(SupportProcess.Executable)!, RedirectStandardError = true, RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            var (error, output) = (process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1, process.ExitCode);
            Assert.Contains($"http://127.0.0.1:{Port} is in use by another program.", await error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", await error + await output, StringComparison.Ordinal);
            Assert.Empty(folder.GetFiles("s.db"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
