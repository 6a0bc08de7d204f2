using System.Globalization;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound.Kills;

/// <summary>Kills the servers that others would be using.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MailServersAlone
{
    public const string Name = "the mail servers alone";
}

/// <summary>No mail is lost and none doubled, whoever dies when (trust rule 12).</summary>
[Collection(MailServersAlone.Name)]
public sealed class MailKillRunTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_mail_becomes_one_thing_though_product_and_server_are_killed()
    {
        var result = await new MailKillRun(new(60, 5, 3), MailServers.OrSkip(), seed: 7).RunAsync(Cancel);

        Assert.Empty(result.Differences);
        Assert.True(result is { ProductKills: >= 3, ServerKills: >= 3 });
    }

    /// <summary>The long form; see <c>eng/mail-kill.sh</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Two_thousand_mails()
    {
        var mails = int.Parse(Environment.GetEnvironmentVariable("PREMIUMSUPPORT_MAIL_KILL_MAILS") ?? "2000", CultureInfo.InvariantCulture);
        var began = TimeProvider.System.GetTimestamp();
        var result = await new MailKillRun(new(mails, 50, 20), MailServers.OrSkip(), seed: 2000).RunAsync(Cancel);
        Sheet.Note($"| {mails} | {result.ProductKills} | {result.ServerKills} | {result.Repeated} | {result.Differences.Count} | {TimeProvider.System.GetElapsedTime(began).TotalMinutes:0.0} min |");
        foreach (var difference in result.Differences.Take(20))
        {
            output.WriteLine(difference);
        }

        Assert.Empty(result.Differences);
    }
}
