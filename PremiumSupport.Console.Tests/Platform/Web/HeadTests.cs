using System.Net;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Web;

/// <summary>What monitors and link checkers get, who ask for the head of a page alone.</summary>
public sealed class HeadTests(SupportHost host) : IClassFixture<SupportHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/account/login", HttpStatusCode.OK)]
    [InlineData("/help", HttpStatusCode.OK)]
    [InlineData("/queue", HttpStatusCode.Redirect)]
    [InlineData("/api/v1/tickets/1", HttpStatusCode.Unauthorized)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    public async Task The_head_of_a_page_is_that_of_the_page_and_nothing_comes_behind_it(string path, HttpStatusCode status)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        using var page = await client.GetAsync(path, Cancel);
        using var head = await client.SendAsync(new(HttpMethod.Head, path), Cancel);

        Assert.Equal(status, page.StatusCode);
        Assert.Equal(status, head.StatusCode);
        Assert.Equal(page.Headers.Location?.GetLeftPart(UriPartial.Path), head.Headers.Location?.GetLeftPart(UriPartial.Path));
        Assert.Equal(page.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task A_program_may_ask_for_the_head_of_what_it_may_read()
    {
        using var api = host.Api();
        using var head = await api.SendAsync(new(HttpMethod.Head, "/api/v1/queue"), Cancel);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
    }
}
