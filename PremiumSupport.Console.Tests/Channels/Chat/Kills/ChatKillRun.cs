using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Lines;

namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>
/// Lets customers and specialists write while the product is killed at random moments and a tenth of its answers get lost, and holds what they were told against what is stored and what everybody
/// sees in the end.
/// </summary>
internal sealed class ChatKillRun(ChatKillPlan plan, TestDatabase database, Browser browser) : IAsyncDisposable
{
    // Those that the demo's switch knows; some of them have more than one conversation.
    private static readonly string[] Customers = ["sofia@acme.example", "uwe@acme.example", "greta@globex.example"];
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(2);
    // One kill in so many falls into the start.
    private const int KilledEarly = 8;
    // After so many kills the server is left alone until each specialist's page has come back and written: a page of the console takes longer to open than the server is left alone, on a slow
    // machine, and who comes back only between kills that never end shows nothing.
    private const int KillsInARow = 10;

    private readonly SupportProcess _server = new(new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information" }, database);
    private readonly List<HubClient> _clients = [];
    private readonly List<IWriter> _writers = [];
    private LossyLine _line = default!;
    private IHost _store = default!;
    private AckLog _log = default!;

    private string LogFile => Path.Combine(_server.Folder, "acknowledged.jsonl");

    public async Task<ChatKillResult> RunAsync(CancellationToken cancellation)
    {
        await _server.StartAsync();
        (_line, _store, _log) = (new(_server.Address), DataRoom.On(database.Settings), new(LogFile));
        for (var index = 0; index < plan.Conversations; index++)
        {
            await (index < plan.InPages ? InPagesAsync(index) : OverHubAsync(index));
        }

        _line.Share = plan.LostAnswers;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = _writers.Select(writer => Task.Run(() => writer.WriteAsync(stop.Token), cancellation)).ToList();
        var kills = await KillAsync(writing, cancellation);
        await stop.CancelAsync();
        var gaveUp = new List<string>();
        foreach (var writer in writing)
        {
            await writer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!writer.IsCompletedSuccessfully)
            {
                gaveUp.Add($"Somebody who writes gave up: {writer.Exception?.InnerException?.Message ?? "it took too long"}");
            }
        }

        _line.Share = 0;
        return await JudgeAsync(kills, gaveUp);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
        {
            await writer.DisposeAsync();
        }

        if (_line is not null)
        {
            await _line.DisposeAsync();
            _store.Dispose();
            _log.Dispose();
        }

        await _server.DisposeAsync();
    }

    private async Task InPagesAsync(int index)
    {
        var customer = new CustomerPage($"customer {index}", Customers[index % Customers.Length], await browser.VisitAsync(_line.Address), _log);
        _writers.Add(customer);
        var specialist = new SpecialistPage($"specialist {index}", index % 2 == 0 ? "specialist@demo.example" : "second@demo.example", await browser.VisitAsync(_line.Address), _log);
        _writers.Add(specialist);
        await specialist.JoinAsync(await customer.BeginAsync(FindAsync));
    }

    private async Task OverHubAsync(int index)
    {
        var customer = new HubWriter($"customer {index}", await ClientAsync(Customers[index % Customers.Length]), _log);
        _writers.Add(customer);
        var number = await customer.BeginAsync();
        var specialist = new HubWriter($"specialist {index}", Client(index % 2 == 0 ? SupportHost.ApiKey : SupportHost.LeadApiKey), _log);
        _writers.Add(specialist);
        await specialist.JoinAsync(number);
    }

    private async Task<HubClient> ClientAsync(string email)
    {
        using var vendor = Http.Client(_server.Address);
        var identity = await vendor.GetFromJsonAsync<JsonElement>($"/demo/identity?email={email}");
        using var answer = await vendor.PostAsJsonAsync("/widget/v1/session", new { identityToken = identity.GetProperty("identityToken").GetString() });
        return Client((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sessionToken").GetString()!);
    }

    private HubClient Client(string token)
    {
        var client = new HubClient(_line.Address, token);
        _clients.Add(client);
        return client;
    }

    private async Task<long> FindAsync(string text)
    {
        await using var db = await _store.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        return await db.Set<PublicMessage>().Where(message => message.Body == text).Select(message => message.TicketNumber).SingleAsync();
    }

    /// <summary>Kills the server at any moment, now and then before it has come up, and starts it again on the same database, until there was enough of everything.</summary>
    private async Task<int> KillAsync(IReadOnlyList<Task> writing, CancellationToken cancellation)
    {
        var (kills, rounds) = (0, 0);
        var pages = _writers.OfType<SpecialistPage>().ToList();
        // Nobody stops before they are told to, unless something went wrong; then it is time to judge.
        while ((kills < plan.Kills || _log.Count < plan.Acks) && !writing.Any(writer => writer.IsCompleted))
        {
            if (++rounds % KillsInARow == 0)
            {
                await Task.WhenAny(Task.WhenAll(pages.Select(page => page.NextSaid)), Task.WhenAny(writing)).WaitAsync(cancellation);
            }

            await Task.Delay(plan.LongestPeace * Random.Shared.NextDouble(), TimeProvider.System, cancellation);
            await _server.KillAsync();
            kills++;
            if (Random.Shared.Next(KilledEarly) == 0)
            {
                var starting = _server.StartAsync();
                await Task.WhenAny(starting, Task.Delay(LongestStart * Random.Shared.NextDouble(), TimeProvider.System, cancellation));
                await _server.KillAsync();
                kills++;
                await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await _server.StartAsync();
        }

        return kills;
    }

    private async Task<ChatKillResult> JudgeAsync(int kills, IReadOnlyList<string> gaveUp)
    {
        var lengths = (await StoredAsync()).ToDictionary(view => view.Conversation, view => view.Messages.Count);
        var views = new List<View>();
        foreach (var (writer, conversation) in _writers.Zip(lengths.Keys.Order().SelectMany(number => new[] { number, number })))
        {
            views.AddRange(await writer.ViewsAsync(lengths[conversation]));
        }

        views.AddRange(await Task.WhenAll(lengths.Keys.Select(FreshAsync)));
        await _server.KillAsync();

        var stored = await StoredAsync();
        var acks = AckLog.Read(LogFile);
        var inPages = stored.OrderBy(view => view.Conversation).Take(plan.InPages).Select(view => view.Conversation).ToHashSet();
        var starts = _server.Lives.Where(life => life.ReadyAt != long.MaxValue).Skip(1).Select(life => Stopwatch.GetElapsedTime(life.StartedAt, life.ReadyAt).TotalSeconds);
        return new(
            kills, acks.Count, acks.Count(ack => inPages.Contains(ack.Conversation)), _line.Passed + _line.Lost, _line.Lost, _clients.Sum(client => client.Repeats),
            [.. _writers.OfType<SpecialistPage>().SelectMany(page => page.OpenedByHand)],
            [.. ChatJudge.Differences(acks, stored, views), .. gaveUp, .. _writers.SelectMany(writer => writer.Troubles)],
            [.. _server.Lives.SelectMany(life => Complaints(life.Output))],
            [.. starts]);
    }

    /// <summary>Errors of a log, each with the lines that explain it; that somebody hung up is none.</summary>
    private static IEnumerable<string> Complaints(string output)
    {
        var lines = output.Split('\n');
        return lines.Select((line, index) => (line, index))
            .Where(entry => entry.line.StartsWith("fail:", StringComparison.Ordinal) || entry.line.StartsWith("crit:", StringComparison.Ordinal))
            .Select(entry => string.Join('\n', lines.Skip(entry.index).Take(6)))
            .Where(complaint => !complaint.Contains("CanceledException", StringComparison.Ordinal));
    }

    /// <summary>What somebody reads who comes after everything, past the line.</summary>
    private async Task<View> FreshAsync(long number)
    {
        await using var reader = new HubClient(_server.Address, SupportHost.ApiKey) { Number = number };
        reader.Open();
        await reader.CatchUpAsync();
        return new(number, "a fresh client", reader.Transcript.Messages);
    }

    private async Task<IReadOnlyList<View>> StoredAsync()
    {
        await using var db = await _store.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        var messages = await db.Set<PublicMessage>().AsNoTracking().OrderBy(message => message.Sequence).Select(message => new { message.TicketNumber, message.Sequence, message.Body }).ToListAsync();
        return [.. messages.GroupBy(message => message.TicketNumber).Select(said => new View(said.Key, "the database", [.. said.Select(message => new Said(message.Sequence, message.Body))]))];
    }
}
