using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Channels.Help.Embedding;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help.Embedding;

public sealed class SqliteOriginCommandsTests(SupportHost host) : OriginCommandsTests(host), IClassFixture<SupportHost>;

public sealed class PostgresOriginCommandsTests(PostgresHost host) : OriginCommandsTests(host.OrSkip()), IClassFixture<PostgresHost>;

public abstract class OriginCommandsTests(SupportHost host)
{
    private static readonly StaffCaller Admin = new(Guid.NewGuid(), "Elif", "admin@demo.example", IsLead: true, IsAdmin: true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_added_origin_is_in_the_pages_headers_and_settings_until_it_is_removed()
    {
        _ = host.Address;
        var commands = host.Services.GetRequiredService<OriginCommands>();
        Assert.Equal("https://app.example", (await commands.AddAsync("https://APP.example/", Admin, Stop)).Value);
        Assert.Equal(RefusalKind.Invalid, (await commands.AddAsync("https://app.example", Admin, Stop)).Refusal?.Kind);

        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = host.Address };
        using (var page = await client.GetAsync("/help", Stop))
        {
            Assert.Contains("frame-ancestors 'self' https://app.example", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains("\"https://app.example\"", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        // Another node knows nothing but what is kept.
        Assert.Equal(["https://app.example"], await host.Services.GetRequiredService<OriginQueries>().AddedAsync(Stop));
        Assert.True(host.Services.GetRequiredService<IAllowedOrigins>().Allows("https://app.example"));

        Assert.Null((await commands.RemoveAsync("https://app.example", Admin, Stop)).Refusal);
        Assert.Null((await commands.RemoveAsync("https://app.example", Admin, Stop)).Refusal);
        using var without = await client.GetAsync("/chat", Stop);
        Assert.DoesNotContain("app.example", without.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(host.Services.GetRequiredService<IAllowedOrigins>().Allows("https://app.example"));
    }

    [Fact]
    public async Task Nobody_but_an_admin_changes_the_list()
    {
        var commands = host.Services.GetRequiredService<OriginCommands>();
        foreach (var caller in new[] { Admin with { IsAdmin = false }, Admin with { IsAdmin = false, IsLead = false } })
        {
            Assert.Equal(RefusalKind.Forbidden, (await commands.AddAsync("https://theirs.example", caller, Stop)).Refusal?.Kind);
            Assert.Equal(RefusalKind.Forbidden, (await commands.RemoveAsync("https://theirs.example", caller, Stop)).Refusal?.Kind);
        }
    }
}
