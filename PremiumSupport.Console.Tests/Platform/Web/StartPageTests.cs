using System.Net;
using PremiumSupport.Platform.Web;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Lines;

namespace PremiumSupport.Tests.Platform.Web;

/// <summary>What answers while the tables are changed, and that it leaves the address to the server.</summary>
public sealed class StartPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_is_told_to_wait_the_process_counts_as_alive_and_the_address_is_free_afterwards()
    {
        string[] args = [$"--urls=http://127.0.0.1:{Ports.Free()}"];
        for (var again = 0; again < 2; again++)
        {
            await using var page = await StartPage.ShowAsync(args);
            using var client = Http.Client(new(page.Urls.Single()));
            using var answer = await client.GetAsync("/queue", Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains("being brought up to date", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready", Cancel)).StatusCode);
        }
    }
}
