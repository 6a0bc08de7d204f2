using System.Diagnostics;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Ledger;

/// <summary>The command as people run it: a process of its own, with what it prints and the code it ends with.</summary>
public sealed class VerifyLedgerProcessTests(WrittenLedger written) : IClassFixture<WrittenLedger>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_with_0_beside_a_server_at_work_and_with_1_on_a_copy_that_was_tampered_with()
    {
        using var copy = await written.CopyAsync();
        copy.Execute("UPDATE \"Obligations\" SET \"AnsweredAt\" = \"StartedAt\" WHERE \"TicketNumber\" = 1002");

        var (clean, answer, complaint) = await RunAsync($"--ConnectionStrings:Support={written.Address}");
        var (different, named, _) = await RunAsync($"--ConnectionStrings:Support=Data Source={copy.File}");
        var (impossible, _, sentence) = await RunAsync($"--ConnectionStrings:Support=Data Source={copy.File}.gone");

        Assert.Equal((0, ""), (clean, complaint));
        Assert.Contains("The ledger is whole", answer, StringComparison.Ordinal);
        Assert.Equal(1, different);
        Assert.Contains("ticket 1002: The stored AnsweredAt of first response, cycle 1 says", named, StringComparison.Ordinal);
        Assert.Contains("1 difference.", named, StringComparison.Ordinal);
        Assert.Equal(2, impossible);
        Assert.Contains("There is no database", sentence, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Answer, string Complaint)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Path.GetDirectoryName(SupportProcess.Executable)!, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in args.Prepend("verify-ledger").Prepend(SupportProcess.Executable))
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start)!;
        var (answer, complaint) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await answer, await complaint);
    }
}
