using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Identity;

public sealed class SqlitePeopleTests() : PeopleTests(DatabaseProvider.Sqlite);

public sealed class PostgresPeopleTests() : PeopleTests(PostgresServer.OrSkip());

/// <summary>What an admin does to people and keys: who may, what is refused in a sentence, and what of it stands in the audit log.</summary>
public abstract class PeopleTests(DatabaseProvider provider) : IAsyncLifetime
{
    private IdentityHost _host = default!;
    private AsyncServiceScope _scope;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StaffCommands Staff => _scope.ServiceProvider.GetRequiredService<StaffCommands>();

    private ApiKeyCommands Keys => _host.Services.GetRequiredService<ApiKeyCommands>();

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync(provider);
        _scope = _host.Services.CreateAsyncScope();
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Only_an_admin_may_and_a_refusal_changes_nothing()
    {
        var member = await _host.AddStaffAsync(Roles.Specialist, "s@desk.example");
        foreach (var caller in new[] { StaffFakes.Lead, StaffFakes.Specialist })
        {
            Assert.False((await Staff.InviteAsync("Bea", "bea@desk.example", Roles.Specialist, caller, Cancel)).IsDone);
            Assert.False((await Staff.ResetPasswordAsync(member.Id, caller, Cancel)).IsDone);
            Assert.False((await Staff.ChangeRoleAsync(member.Id, Roles.Admin, caller, Cancel)).IsDone);
            Assert.False((await Staff.DisableAsync(member.Id, caller, Cancel)).IsDone);
            Assert.False((await Staff.EnableAsync(member.Id, caller, Cancel)).IsDone);
            Assert.False((await Keys.CreateAsync(member.Id, "k", Scopes.All, null, caller, Cancel)).IsDone);
        }

        var row = Assert.Single(await ListAsync());
        Assert.Equal((Roles.Specialist, false), (row.Role, row.IsDisabled));
        Assert.Empty(await DeedsAsync());
    }

    [Theory]
    [InlineData("", "bea@desk.example", Roles.Specialist, "name")]
    [InlineData("Bea", "not an address", Roles.Specialist, "email address")]
    [InlineData("Bea", "bea@desk.example", "Emperor", "no such role")]
    public async Task A_wrong_invitation_is_told_in_a_sentence(string name, string email, string role, string says)
    {
        var refused = await Staff.InviteAsync(name, email, role, StaffFakes.Admin, Cancel);
        Assert.Contains(says, refused.Problem, StringComparison.Ordinal);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Who_was_invited_as_an_admin_and_never_came_does_not_count_as_one()
    {
        var only = await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        Assert.True((await Staff.InviteAsync("Bea", "bea@desk.example", Roles.Admin, StaffFakes.Admin, Cancel)).IsDone);
        Assert.Contains("last admin", (await Staff.DisableAsync(only.Id, StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.Contains("last admin", (await Staff.ChangeRoleAsync(only.Id, Roles.TeamLead, StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_switches_off_themselves()
    {
        var me = await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        await _host.AddStaffAsync(Roles.Admin, "b@desk.example");
        Assert.Contains("This is you", (await Staff.DisableAsync(me.Id, new(me.Id, "Ada", "a@desk.example", true, true), Cancel)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_change_is_noted_and_no_secret_with_it()
    {
        var link = (await Staff.InviteAsync("Bea", "bea@desk.example", Roles.Specialist, StaffFakes.Admin, Cancel)).Value!;
        var bea = (await ListAsync()).Single();
        Assert.True((await Staff.ChangeRoleAsync(bea.Id, Roles.TeamLead, StaffFakes.Admin, Cancel)).IsDone);
        Assert.True((await Staff.ChangeRoleAsync(bea.Id, Roles.TeamLead, StaffFakes.Admin, Cancel)).IsDone);
        var key = (await Keys.CreateAsync(bea.Id, "Nightly", [Scopes.Tickets], null, StaffFakes.Admin, Cancel)).Value!;
        var next = (await Keys.RotateAsync(key.Id, TimeSpan.FromHours(1), StaffFakes.Admin, Cancel)).Value!;
        Assert.True(await Keys.RevokeAsync(next.Id, StaffFakes.Admin, Cancel));
        Assert.False(await Keys.RevokeAsync(next.Id, StaffFakes.Admin, Cancel));
        Assert.True((await Staff.DisableAsync(bea.Id, StaffFakes.Admin, Cancel)).IsDone);
        Assert.True((await Staff.EnableAsync(bea.Id, StaffFakes.Admin, Cancel)).IsDone);

        Assert.Equal(["invited", "gave another role to", "made", "replaced", "revoked", "disabled", "enabled"], await DeedsAsync());
        var all = (await Audit.SearchAsync(new(), cancellation: Cancel)).Entries;
        Assert.Contains(new("role", Roles.Specialist, Roles.TeamLead), all.Single(entry => entry.Deed.StartsWith("gave", StringComparison.Ordinal)).Changes);
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var text = string.Join('\n', all.Select(entry => $"{entry.Subject} {entry.SubjectName} {string.Join(' ', entry.Changes)}"));
        foreach (var secret in new[] { link.Query.Split('=')[1], key.Token, next.Token, (await db.Users.SingleAsync(Cancel)).SecurityStamp! }.Concat(await db.Set<ApiKey>().Select(row => row.Hash).ToListAsync(Cancel)))
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_replaced_key_goes_on_for_as_long_as_was_said_and_the_new_one_does_the_same()
    {
        var admin = await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        var old = await _host.AddKeyAsync(admin.Id, Scopes.Tickets);
        var next = (await Keys.RotateAsync(old.Id, TimeSpan.FromHours(1), StaffFakes.Admin, Cancel)).Value!;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(old.Token), await StatusAsync(next.Token)));
        _host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await StatusAsync(old.Token), await StatusAsync(next.Token)));
        Assert.False((await Keys.RotateAsync(old.Id, TimeSpan.Zero, StaffFakes.Admin, Cancel)).IsDone);

        var last = (await Keys.RotateAsync(next.Id, TimeSpan.Zero, StaffFakes.Admin, Cancel)).Value!;
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await StatusAsync(next.Token), await StatusAsync(last.Token)));
    }

    private AuditQueries Audit => _host.Services.GetRequiredService<AuditQueries>();

    private Task<IReadOnlyList<StaffRow>> ListAsync() => _host.Services.GetRequiredService<StaffQueries>().ListAsync(Cancel);

    private async Task<IEnumerable<string>> DeedsAsync() => (await Audit.SearchAsync(new(), cancellation: Cancel)).Entries.Reverse().Select(entry => entry.Deed);

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var client = _host.Client(token);
        return (await client.GetAsync($"/api/test/{Access.ApiTickets}", Cancel)).StatusCode;
    }
}
