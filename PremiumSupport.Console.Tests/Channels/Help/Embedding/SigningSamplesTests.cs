using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help.Embedding;

/// <summary>The guide's own code, run as it stands there: what it signs begins a session.</summary>
public sealed class SigningSamplesTests(EmbeddedPages pages) : IClassFixture<EmbeddedPages>
{
    private const string Secret = SupportHost.WidgetSecret;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_in_CSharp_signs_what_is_accepted()
    {
        // Native code is none of the sample's business, and needs packages.
        var code = "#:property PublishAot=false\n" + pages.Block("### C#", "csharp") + $"\nConsole.Write(IdentityToken(\"{Secret}\", \"42\", \"sofia@acme.example\", \"Sofia Marchetti\", \"acme\"));\n";
        await AcceptedAsync(await RunAsync("dotnet", "sign.cs", code, "run", "sign.cs"));
    }

    [Fact]
    public async Task The_sample_in_Node_signs_what_is_accepted()
    {
        var code = pages.Block("### Node", "js") + $"\nprocess.stdout.write(identityToken('{Secret}', {{ id: '42', email: 'sofia@acme.example', name: 'Sofía', account: 'acme' }}));\n";
        await AcceptedAsync(await RunAsync("node", "sign.mjs", code, "sign.mjs"));
    }

    [Fact]
    public async Task The_sample_in_PHP_signs_what_is_accepted()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/php"), "There is no PHP on this machine: apt-get install php-cli.");
        var code = "<?php\n" + pages.Block("### PHP", "php") + $"\necho identity_token('{Secret}', '42', 'sofia@acme.example', 'Sofía', 'acme');\n";
        await AcceptedAsync(await RunAsync("php", "sign.php", code, "sign.php"));
    }

    private async Task AcceptedAsync(string token)
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = pages.Host.Address };
        using var answer = await client.PostAsJsonAsync("/widget/v1/session", new { identityToken = token }, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{token}: {text}");
        Assert.Equal("sofia@acme.example", JsonElement.Parse(text).GetProperty("contact").GetProperty("email").GetString());
    }

    private static async Task<string> RunAsync(string program, string file, string code, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("premium-support-sample-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), code, Stop);
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (said, failed) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
            await process.WaitForExitAsync(Stop);
            Assert.True(process.ExitCode == 0, $"{await said}\n{await failed}");
            return (await said).Trim();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
