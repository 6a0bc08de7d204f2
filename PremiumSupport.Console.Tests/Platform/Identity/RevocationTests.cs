using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Identity;

public sealed class SqliteRevocationTests() : RevocationTests(DatabaseProvider.Sqlite);

public sealed class PostgresRevocationTests() : RevocationTests(PostgresServer.OrSkip());

public abstract class RevocationTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private IdentityHost _host = default!;
    private StaffUser _gone = default!;
    private StaffUser _stays = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync(provider);
        _gone = await _host.AddStaffAsync(Roles.Specialist, "gone@desk.example");
        _stays = await _host.AddStaffAsync(Roles.Admin, "stays@desk.example");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Disabling_ends_the_persons_hub_connections_and_nobody_elses()
    {
        await using var gone = await ConnectAsync(_gone);
        await using var stays = await ConnectAsync(_stays);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gone.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await DisableAsync();
        await closed.Task.WaitAsync(Patience, Cancel);
        Assert.Equal(HubConnectionState.Connected, stays.State);
    }

    [Fact]
    public async Task Disabling_makes_the_persons_circuits_nobodys()
    {
        await using var gone = await CircuitAsync(_gone);
        await using var stays = await CircuitAsync(_stays);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        State(gone).AuthenticationStateChanged += async state =>
        {
            if ((await state).User.Identity?.IsAuthenticated != true)
            {
                ended.TrySetResult();
            }
        };
        await DisableAsync();
        await ended.Task.WaitAsync(Patience, Cancel);
        Assert.True((await State(stays).GetAuthenticationStateAsync()).User.IsInRole(Roles.Admin));
    }

    private static AuthenticationStateProvider State(AsyncServiceScope circuit) => circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();

    private async Task<HubConnection> ConnectAsync(StaffUser staff)
    {
        var key = await _host.AddKeyAsync(staff.Id, Scopes.Tickets);
        var connection = new HubConnectionBuilder()
            .WithUrl("http://localhost/hubs/empty", options =>
            {
                options.HttpMessageHandlerFactory = _ => _host.App.GetTestServer().CreateHandler();
                options.Transports = HttpTransportType.LongPolling;
                options.AccessTokenProvider = () => Task.FromResult<string?>(key.Token);
            })
            .Build();
        await connection.StartAsync(Cancel);
        return connection;
    }

    private async Task<AsyncServiceScope> CircuitAsync(StaffUser staff)
    {
        var circuit = _host.Services.CreateAsyncScope();
        var user = await circuit.ServiceProvider.GetRequiredService<UserManager<StaffUser>>().FindByIdAsync(staff.Id.ToString());
        var principal = await circuit.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<StaffUser>>().CreateAsync(user!);
        ((IHostEnvironmentAuthenticationStateProvider)State(circuit)).SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(principal))));
        return circuit;
    }

    private async Task DisableAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        Assert.True((await scope.ServiceProvider.GetRequiredService<StaffCommands>().DisableAsync(_gone.Id, StaffFakes.Admin, Cancel)).IsDone);
    }
}
