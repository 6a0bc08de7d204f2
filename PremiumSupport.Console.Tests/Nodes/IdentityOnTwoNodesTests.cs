using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Vendor;
using PremiumSupport.Tests.Channels.Help;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Nodes;

/// <summary>Who a customer is, on two nodes: a token that works once works once for both, and what ends on one ends on the other.</summary>
public sealed class IdentityOnTwoNodesTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TwoNodes _nodes = nodes.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static StaffCaller Admin { get; } = new(Guid.NewGuid(), "Elif Aydın", "admin@demo.example", IsLead: true, IsAdmin: true);

    [Fact]
    public async Task A_token_that_is_brought_to_both_nodes_at_once_begins_one_session()
    {
        var secret = await SecretAsync();
        for (var round = 0; round < 5; round++)
        {
            var token = Token(_nodes.First).With("jti", $"once {round}").Sign(secret);
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => BeginAsync(_nodes.Both[index % 2], token)));
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.IsProblem(401, "replayed-token"));
        }
    }

    [Fact]
    public async Task The_browser_that_began_it_goes_on_at_the_other_node()
    {
        var (token, key) = (Token(_nodes.First).With("jti", "moving").Sign(await SecretAsync()), new string('k', 43));
        var session = (await BeginAsync(_nodes.First, token, key)).Is(HttpStatusCode.OK)["sessionToken"].GetString();
        Assert.Equal(session, (await BeginAsync(_nodes.Second, token, key)).Is(HttpStatusCode.OK)["sessionToken"].GetString());
        (await BeginAsync(_nodes.Second, token)).IsProblem(401, "replayed-token");
    }

    [Fact]
    public async Task A_log_out_on_one_node_closes_what_is_open_on_the_other()
    {
        var session = (await BeginAsync(_nodes.First, Token(_nodes.First).Sign(await SecretAsync())))["sessionToken"].GetString()!;
        await using var open = await _nodes.Second.ConnectAsync(session);
        var closed = Closing(open);
        (await new ApiCaller(_nodes.First.Api(session)).SendAsync(HttpMethod.Delete, "/widget/v1/session", null)).Is(HttpStatusCode.NoContent);

        await closed.WaitAsync(Patience, Cancel);
        (await new ApiCaller(_nodes.Second.Api(session)).GetAsync("/widget/v1/session")).IsProblem(401, "invalid-token");
    }

    [Fact]
    public async Task A_secret_that_one_node_retires_the_other_no_longer_takes()
    {
        var first = await SecretAsync();
        var second = (await _nodes.First.Services.GetRequiredService<WidgetSecretCommands>().AddAsync(Admin, Cancel)).Value!;
        await KnowsAsync(_nodes.Second, second.KeyId);
        var session = (await BeginAsync(_nodes.Second, Token(_nodes.Second).Sign(second.Text))).Is(HttpStatusCode.OK)["sessionToken"].GetString()!;
        await using var open = await _nodes.Second.ConnectAsync(session);
        var closed = Closing(open);

        Assert.True((await _nodes.First.Services.GetRequiredService<WidgetSecretCommands>().RetireAsync(second.KeyId, endSessions: true, Admin, Cancel)).IsDone);

        await closed.WaitAsync(Patience, Cancel);
        (await BeginAsync(_nodes.Second, Token(_nodes.Second).Sign(second.Text))).IsProblem(401, "retired-secret");
        (await BeginAsync(_nodes.Second, Token(_nodes.Second).Sign(first))).Is(HttpStatusCode.OK);
    }

    // Not the one of the test that adds and retires another: the oldest.
    private async Task<string> SecretAsync() => (await _nodes.First.Services.GetRequiredService<WidgetSecrets>().AllAsync(Cancel)).Last(secret => secret.IsActive).Text;

    private static async Task KnowsAsync(SupportHost node, string keyId)
    {
        var secrets = node.Services.GetRequiredService<WidgetSecrets>();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<bool> LookAsync() => (await secrets.AllAsync(Cancel)).Any(secret => secret.KeyId == keyId);
        using var hearing = node.Services.GetRequiredService<PremiumSupport.Platform.Realtime.ChangeBus>().Subscribe(change =>
        {
            if (change.IsAbout(WidgetSecrets.Topic))
            {
                told.TrySetResult();
            }
        });
        if (!await LookAsync())
        {
            await told.Task.WaitAsync(Patience, Cancel);
            Assert.True(await LookAsync());
        }
    }

    private static Task Closing(HubConnection connection)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        return closed.Task;
    }

    private static VendorToken Token(SupportHost node) => new(node.Services.GetRequiredService<TimeProvider>().GetUtcNow());

    private static Task<ApiAnswer> BeginAsync(SupportHost node, string token, string? browserKey = null) =>
        new ApiCaller(node.CreateClient()).PostAsync("/widget/v1/session", new { identityToken = token, browserKey });
}
