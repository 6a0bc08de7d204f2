using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Identity.Bearer;

public sealed class SqliteCustomerSessionTests() : CustomerSessionTests(DatabaseProvider.Sqlite);

public sealed class PostgresCustomerSessionTests() : CustomerSessionTests(PostgresServer.OrSkip());

/// <summary>What is kept of sessions and of the tokens that began them, and for how long.</summary>
public abstract class CustomerSessionTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Key = "0123456789012345678901";

    private IdentityHost _host = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CustomerSessions Sessions => _host.Services.GetRequiredService<CustomerSessions>();

    public async ValueTask InitializeAsync() => _host = await IdentityHost.StartAsync(provider);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_use_of_a_token_is_kept_until_its_age_refuses_it_and_its_session_for_a_day_longer()
    {
        var end = _host.Clock.GetUtcNow().AddHours(1);
        Assert.NotNull(await BeginAsync(end));
        Assert.Equal(0, await Sessions.RemoveExpiredAsync(Cancel));
        Assert.Null(await BeginAsync(end));

        _host.Clock.Advance(TimeSpan.FromMinutes(62));
        Assert.Equal(1, await Sessions.RemoveExpiredAsync(Cancel));
        Assert.Equal((1, 0), await CountAsync());
        _host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await Sessions.RemoveExpiredAsync(Cancel));
        Assert.Equal((0, 0), await CountAsync());
    }

    [Fact]
    public async Task A_token_made_from_a_browsers_key_is_as_long_as_any_and_different_for_each_session()
    {
        var end = _host.Clock.GetUtcNow().AddHours(1);
        var tokens = new HashSet<string>();
        for (var index = 0; index < 20; index++)
        {
            var begun = (await Sessions.BeginAsync(new(_host.Customer.ContactId, ClientPlatform.Web, end) { BrowserKey = Key }, Cancel))!;
            Assert.Equal(CustomerSession.Prefix.Length + 43, begun.Token.Length);
            Assert.True(tokens.Add(begun.Token));
        }

        await using var db = await ReadAsync();
        Assert.DoesNotContain(await db.Set<CustomerSession>().ToListAsync(Cancel), session => tokens.Contains(session.Hash) || session.BrowserHash == Key || session.Salt == Key);
    }

    private Task<GivenSession?> BeginAsync(DateTimeOffset end) =>
        Sessions.BeginAsync(new(_host.Customer.ContactId, ClientPlatform.Web, end) { Use = new("once", end.AddMinutes(1)) }, Cancel);

    private async Task<(int Sessions, int Uses)> CountAsync()
    {
        await using var db = await ReadAsync();
        return (await db.Set<CustomerSession>().CountAsync(Cancel), await db.Set<UsedToken>().CountAsync(Cancel));
    }

    private Task<SupportDb> ReadAsync() => _host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
}
