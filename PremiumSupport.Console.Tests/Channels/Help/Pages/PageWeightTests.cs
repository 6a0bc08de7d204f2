using PremiumSupport.Channels.Help;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help.Pages;

/// <summary>Experience rule 25: what runs on customers' pages is light, and stays so.</summary>
public sealed class PageWeightTests(SupportHost host) : IClassFixture<SupportHost>
{
    public static TheoryData<string, string> Pages => new(from page in new[] { "help", "chat" } from language in CustomerTexts.Languages select (page, language));

    [Fact]
    public void The_loader_weighs_at_most_6_KB() => Assert.InRange(PageWeight.Loader, 500, 6 * 1024);

    [Theory, MemberData(nameof(Pages))]
    public void A_page_weighs_at_most_40_KB_with_the_hubs_client_and_its_texts(string page, string language)
    {
        var parts = PageWeight.Of(page, language);
        Assert.Contains(parts.Keys, name => name.StartsWith("signalr-", StringComparison.Ordinal));
        Assert.True(parts.Values.Sum() <= 40 * 1024, $"{parts.Values.Sum():N0} bytes: {string.Join(", ", parts.OrderByDescending(part => part.Value).Select(part => $"{part.Key} {part.Value:N0}"))}");
    }

    [Theory]
    [InlineData("/help", true)]
    [InlineData("/chat", true)]
    [InlineData("/customer/help.js", true)]
    [InlineData("/account/login", false)]
    public async Task What_holds_no_secret_is_sent_compressed_and_nothing_else(string path, bool isPacked)
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "gzip" } } };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(isPacked ? ["gzip"] : [], answer.Content.Headers.ContentEncoding);
    }
}
