using System.Globalization;
using MimeKit;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email;

/// <summary>kill -9 of the product while it sends: each mail arrives, and what arrives twice is the same mail twice.</summary>
public sealed class MailKillTests(ITestOutputHelper output)
{
    private const int Kills = 3;
    private const int MailsEach = 25;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_was_promised_by_mail_is_lost_when_the_product_is_killed_while_it_sends()
    {
        var servers = MailServers.OrSkip();
        var customer = servers.NewAddress("killed");
        await using var product = new SupportProcess(servers.Sending($"support@{servers.Domain}").ToDictionary(pair => pair.Key, pair => pair.Value!));
        var numbers = new List<long>();
        for (var life = 0; life <= Kills; life++)
        {
            await product.StartAsync();
            if (life < Kills)
            {
                using var client = product.Api();
                var api = new ApiCaller(client);
                var opened = await Task.WhenAll(Enumerable.Range(0, MailsEach).Select(_ => api.OpenAsync(new { channel = "email", requester = new { email = customer }, account = "acme", subject = "A question", body = "How?" })));
                numbers.AddRange(opened);
                // Some are on their way now, some are noted, some wait.
                await product.KillAsync();
            }
        }

        IReadOnlyList<MimeMessage> mails = [];
        while (mails.Select(mail => mail.MessageId).Distinct().Count() < numbers.Count)
        {
            mails = await servers.WaitForAsync(customer, Math.Max(numbers.Count, mails.Count + 1), Cancel);
        }

        var ids = mails.GroupBy(mail => mail.MessageId).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{numbers.Count} mails over {Kills} kills: all arrived, {mails.Count - ids.Count} twice, sent and not yet noted when the product was killed."));
        Assert.Equal(numbers.Order(), ids.Select(mail => NumberOf(mail.First())).Order());
        Assert.All(ids, same => Assert.Single(same.Select(NumberOf).Distinct()));
    }

    private static long NumberOf(MimeMessage mail) => long.Parse(mail.Subject!.Split('#', ']')[1], CultureInfo.InvariantCulture);
}
