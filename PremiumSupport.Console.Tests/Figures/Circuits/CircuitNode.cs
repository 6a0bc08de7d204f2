using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Processes;

namespace PremiumSupport.Tests.Figures.Circuits;

/// <summary>What a server used: bytes alive after a full collection, processor time since its start, and bytes of memory that the system gave it.</summary>
internal sealed record NodeCost(long Heap, TimeSpan Processor, long WorkingSet);

/// <summary>The product, or the yardstick beside it, as a process of its own that can be asked what it uses.</summary>
internal sealed class CircuitNode : IAsyncDisposable
{
    /// <summary>Makes the test executable be this: how many specialists follow, none for the yardstick.</summary>
    public const string Switch = "--circuit-node";

    private const string Ready = "READY ";
    private const string Used = "USED ";

    private readonly ProcessLife _life;
    private TaskCompletionSource<string> _answer = new();

    private CircuitNode(int specialists)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CircuitNode).Assembly.Location, Switch, specialists.ToString(CultureInfo.InvariantCulture)]);
        start.Environment["DOTNET_gcServer"] = "1";
        _life = new(start, line =>
        {
            if (line.StartsWith(Used, StringComparison.Ordinal))
            {
                _answer.TrySetResult(line[Used.Length..]);
            }

            return line.StartsWith(Ready, StringComparison.Ordinal);
        });
    }

    public Uri Address { get; private set; } = default!;

    /// <summary>The product with so many specialists and an open queue, or the yardstick where there are none.</summary>
    public static async Task<CircuitNode> StartAsync(int specialists)
    {
        var node = new CircuitNode(specialists);
        node.Address = new((await node._life.ReadyAsync())[Ready.Length..]);
        return node;
    }

    public static string EmailOf(int specialist) => $"specialist{specialist}@demo.example";

    /// <summary>Collects everything first where the heap is asked for.</summary>
    public async Task<NodeCost> CostAsync(bool isCollected)
    {
        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _life.TellAsync(isCollected ? "heap" : "cost");
        var parts = (await _answer.Task.WaitAsync(TimeSpan.FromMinutes(2))).Split(' ');
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(double.Parse(parts[1], CultureInfo.InvariantCulture)), long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public ValueTask DisposeAsync() => _life.DisposeAsync();

    /// <summary>The process itself; ends with whoever started it.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var specialists = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        if (specialists == 0)
        {
            await using var hello = await HelloApp.StartAsync();
            return await AnswerAsync(new(hello.Urls.Single()));
        }

        await using var host = new SupportHost(new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Error", ["ReloadStaticAssetsAtRuntime"] = "false",
            ["Demo:Tickets"] = "true", ["Limits:Scale"] = "10000", ["Circuits:PerNode"] = "5000", ["Circuits:PerPerson"] = "100",
        });
        _ = host.Address;
        await HireAsync(host, specialists);
        return await AnswerAsync(host.Address);
    }

    private static async Task HireAsync(SupportHost host, int specialists)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>();
        for (var specialist = 0; specialist < specialists; specialist++)
        {
            var email = EmailOf(specialist);
            var user = new StaffUser { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, DisplayName = $"Specialist {specialist}" };
            if (!(await users.CreateAsync(user, SupportHost.Password)).Succeeded || !(await users.AddToRoleAsync(user, Roles.Specialist)).Succeeded)
            {
                throw new InvalidOperationException($"{email} could not be made.");
            }
        }
    }

    private static async Task<int> AnswerAsync(Uri address)
    {
        Console.WriteLine(Ready + address);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == "heap")
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Used}{GC.GetTotalMemory(false)} {Environment.CpuUsage.TotalTime.TotalMilliseconds} {Environment.WorkingSet}"));
        }

        return 0;
    }
}
