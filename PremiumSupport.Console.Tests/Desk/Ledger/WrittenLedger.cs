using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Ledger;

/// <summary>A real desk that has lived a day: promises met, missed, moved, merged and excused. Tests tamper with copies of its database.</summary>
public class WrittenLedger : IAsyncLifetime
{
    private readonly QuietHost _host;

    /// <summary>For class fixtures: on SQLite.</summary>
    public WrittenLedger()
        : this(new QuietHost())
    {
    }

    protected WrittenLedger(QuietHost host) => _host = host;

    public SupportHost Host => _host.Host;

    public T Get<T>()
        where T : notnull => _host.Get<T>();

    public virtual async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        using var client = _host.Host.Api();
        using var lead = _host.Host.Api(SupportHost.LeadApiKey);
        var api = new ApiCaller(client);
        object Of(string channel, string email, string account, string subject) => new { channel, requester = new { email }, account, subject, body = "Please.", phoneNumber = ApiCaller.NewNumber() };

        var met = await api.OpenAsync(ApiCaller.Plain("Met"));
        var late = await api.OpenAsync(ApiCaller.Critical("Late"));
        var declined = await api.OpenAsync(ApiCaller.Critical("Declined"));
        var merged = await api.OpenAsync(ApiCaller.Plain("Merged"));
        var raised = await api.OpenAsync(Of("email", "uwe@acme.example", "acme", "Raised"));
        await api.OpenAsync(Of("email", "greta@globex.example", "globex", "Never answered"));
        await api.OpenAsync(Of("phone", "sofia@acme.example", "acme", "Call me"));
        _host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await api.SayAsync(met, "Here you are.")).Is(System.Net.HttpStatusCode.Created);
        await api.PostAsync($"/api/v1/tickets/{declined}/severity-decision", new { confirm = false, reason = "One user only." });
        await api.PatchAsync(raised, new { severity = "businessCritical", reason = "It spread." });
        await api.PostAsync($"/api/v1/tickets/{merged}/merge", new { into = declined });
        await ExceptAsync();
        await _host.Get<FlagSweep>().RunAsync(TestContext.Current.CancellationToken);
        _host.Clock.Advance(TimeSpan.FromMinutes(40));
        await api.SayAsync(late, "Sorry.");
        _host.Clock.Advance(TimeSpan.FromHours(30));
        await _host.Get<FlagSweep>().RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The connection string of its database.</summary>
    public string Address => Host.Services.GetRequiredService<IConfiguration>().GetConnectionString("Support")!;

    /// <summary>A copy of the database as it stands, in a folder of its own.</summary>
    public async Task<LedgerCopy> CopyAsync()
    {
        var copy = new LedgerCopy();
        await using var connection = new SqliteConnection(Address);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", copy.File);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return copy;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _host.DisposeAsync();
    }

    private async Task ExceptAsync()
    {
        var (admin, lead) = (await CallerAsync("admin@demo.example"), await CallerAsync("lead@demo.example"));
        var now = _host.Clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using (var db = await Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            db.Add(new SlaException
            {
                Id = id, From = now.AddMinutes(5), To = now.AddMinutes(15), ScopeKind = ExceptionScope.Account, ScopeValue = "acme", Reason = ExceptionReason.Incident,
                Note = "A power cut.", AuthorId = admin.StaffId, AuthorName = admin.DisplayName, DeclaredAt = now, State = ExceptionState.Proposed,
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.NotEmpty((await Get<TicketCommands>().ApproveExceptionAsync(id, lead, TestContext.Current.CancellationToken)).Value!.Moved);
    }

    private async Task<StaffCaller> CallerAsync(string email)
    {
        await using var db = await Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var user = db.Users.Single(user => user.Email == email);
        return new(user.Id, user.UserName!, email, IsLead: true, IsAdmin: true);
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresWrittenLedger : WrittenLedger
{
    public PostgresWrittenLedger()
        : base(new PostgresQuietHost())
    {
    }

    /// <summary>Itself; the test that asks is skipped where there is no server.</summary>
    public WrittenLedger OrSkip()
    {
        PostgresServer.Require();
        return this;
    }

    public override ValueTask InitializeAsync() => PostgresServer.IsThere ? base.InitializeAsync() : ValueTask.CompletedTask;
}
