using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.SignIn;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Identity;

public sealed class SqliteStaffLinkTests() : StaffLinkTests(DatabaseProvider.Sqlite);

public sealed class PostgresStaffLinkTests() : StaffLinkTests(PostgresServer.OrSkip());

public abstract class StaffLinkTests(DatabaseProvider provider) : IAsyncLifetime
{
    private IdentityHost _host = default!;
    private AccountBrowser _browser = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync(provider, ("PublicUrl", "https://desk.example/"));
        _browser = new(_host.Client());
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task The_first_admin_enters_by_the_link_of_the_log_once()
    {
        var path = await AnnounceAsync();
        var tooShort = await SubmitAsync(path!, "short");
        Assert.Equal(HttpStatusCode.OK, tooShort.Status);
        Assert.Contains("at least 12 characters", tooShort.Html, StringComparison.Ordinal);

        Assert.Equal("/queue", (await SubmitAsync(path!, IdentityHost.Password)).Location);
        Assert.Equal("Ada", (await _browser.GetAsync("/queue")).Html);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/admin/test")).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(path!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.PostAsync(path!)).Status);
        Assert.Null(await AnnounceAsync());
        using var elsewhere = new AccountBrowser(_host.Client());
        Assert.Equal("/queue", (await elsewhere.SignInAsync("ada@desk.example", IdentityHost.Password)).Location);
    }

    [Fact]
    public async Task Of_many_who_use_the_link_at_once_one_becomes_admin()
    {
        var token = Uri.UnescapeDataString((await AnnounceAsync())!.Split('=')[1]);
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            await using var scope = _host.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<FirstAdmin>().UseAsync(token, "A" + i, $"a{i}@desk.example", IdentityHost.Password, Cancel);
        }));
        Assert.Single(made, attempt => attempt.Value != Guid.Empty);
    }

    [Fact]
    public async Task The_link_ends_with_its_time_with_the_next_start_and_with_the_first_staff()
    {
        var first = await AnnounceAsync();
        var second = await AnnounceAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(first!)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync(second!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync("/account/first-admin?token=guess")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync("/account/first-admin")).Status);

        _host.Clock.Advance(TimeSpan.FromHours(72));
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(second!)).Status);

        var third = await AnnounceAsync();
        await _host.AddStaffAsync(Roles.Specialist, "s@desk.example");
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(third!)).Status);
    }

    [Fact]
    public async Task An_invited_person_chooses_a_password_once()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<StaffCommands>();
        var link = (await staff.InviteAsync("Bea", "bea@desk.example", Roles.TeamLead, StaffFakes.Admin, Cancel)).Value!;
        Assert.Equal("https://desk.example", link.GetLeftPart(UriPartial.Authority));
        Assert.False((await staff.InviteAsync("Bea", "BEA@desk.example", Roles.TeamLead, StaffFakes.Admin, Cancel)).IsDone);
        Assert.Equal("/queue", (await _browser.SubmitAsync(link.PathAndQuery, ("Input.Password", IdentityHost.Password))).Location);
        Assert.Equal("Bea", (await _browser.GetAsync("/queue")).Html);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(link.PathAndQuery)).Status);
    }

    [Fact]
    public async Task The_last_admin_cannot_be_lost()
    {
        var admin = await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        await using var scope = _host.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<StaffCommands>();
        Assert.False((await staff.DisableAsync(admin.Id, StaffFakes.Admin, Cancel)).IsDone);
        Assert.False((await staff.ChangeRoleAsync(admin.Id, Roles.Specialist, StaffFakes.Admin, Cancel)).IsDone);
        var second = await _host.AddStaffAsync(Roles.Admin, "b@desk.example");
        Assert.True((await staff.DisableAsync(admin.Id, StaffFakes.Admin, Cancel)).IsDone);
        Assert.False((await staff.DisableAsync(second.Id, StaffFakes.Admin, Cancel)).IsDone);
        Assert.True((await staff.EnableAsync(admin.Id, StaffFakes.Admin, Cancel)).IsDone);
        Assert.True((await staff.ChangeRoleAsync(second.Id, Roles.Specialist, StaffFakes.Admin, Cancel)).IsDone);
        Assert.Equal([Roles.Admin, Roles.Specialist], (await _host.Services.GetRequiredService<StaffQueries>().ListAsync(Cancel)).OrderBy(row => row.Email).Select(row => row.Role));
    }

    private Task<(HttpStatusCode Status, string? Location, string Html)> SubmitAsync(string path, string password) =>
        _browser.SubmitAsync(path, ("Input.Name", "Ada"), ("Input.Email", "ada@desk.example"), ("Input.Password", password));

    private async Task<string?> AnnounceAsync()
    {
        _host.Logs.All.Clear();
        await using var scope = _host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FirstAdmin>().AnnounceAsync(Cancel);
        return _host.Logs.All.Select(line => Regex.Match(line, @"https://desk\.example(/account/first-admin\?token=\S+)", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Where(match => match.Success).Select(match => match.Groups[1].Value).SingleOrDefault();
    }
}
