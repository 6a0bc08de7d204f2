using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Channels.Phone;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Channels.Phone;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Journeys;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Hostile;

public sealed class SqliteCanaryTests(SqliteCanaryTests.Host host, Browser browser) : CanaryTests(host, browser), IClassFixture<SqliteCanaryTests.Host>
{
    public sealed class Host() : SupportHost(Patient);
}

public sealed class PostgresCanaryTests(PostgresCanaryTests.Host host, Browser browser) : CanaryTests(host.OrSkip(), browser), IClassFixture<PostgresCanaryTests.Host>
{
    public sealed class Host() : PostgresHost(Patient);
}

/// <summary>
/// A word that stands in every internal note, beside calls and in the notes' files, is looked for in every way out but the desk's own: each address that answers a customer or nobody, the exports, the chat, the frame, and
/// what the telephone system is told (trust rule 5). Mails are looked through beside the outbox.
/// </summary>
public abstract partial class CanaryTests(SupportHost host, Browser browser)
{
    protected static readonly IReadOnlyDictionary<string, string?> Patient = new Dictionary<string, string?> { ["Limits:Scale"] = "10000", ["Telephony:Secrets"] = FakePbx.Secret, ["Telephony:DialUrl"] = "http://127.0.0.1:1/dial", ["Telephony:AllowPrivateAddress"] = "true" };

    private const string Canary = "canary-4711-in-a-note";
    private const string Public = "words-for-everybody";

    private static readonly StaffCaller Mara = new(Guid.NewGuid(), "Mara", "mara@demo.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_word_of_a_note_gets_out_anywhere()
    {
        var api = new ApiCaller(host.Api());
        using var staff = host.Api();
        var numbers = await FillAsync(api, staff);
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        using var nobody = host.CreateClient();
        var (asked, seen) = (0, 0);
        foreach (var (client, address) in Addresses(numbers).SelectMany(address => Doors(address, staff, sofia, nobody)))
        {
            using var answer = await client.FetchAsync(address);
            var said = answer.Headers + await answer.Content.ReadAsStringAsync(Cancel);
            asked++;
            seen += answer.IsSuccessStatusCode && said.Contains(Public, StringComparison.Ordinal) ? 1 : 0;
            Assert.False(said.Contains(Canary, StringComparison.Ordinal), $"{address} says {Canary}.");
        }

        // That it looked where something stands: requests, their list, transcripts, exports.
        Assert.True(asked > 100 && seen > 15, $"{asked} addresses answered, {seen} with what everybody may read.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} answers, {seen} of them with the conversation's public words, none with a note's.");
    }

    [Fact]
    public async Task The_chat_hands_out_and_pushes_public_words_alone()
    {
        var api = new ApiCaller(host.Api());
        using var staff = host.Api();
        var numbers = await FillAsync(api, staff);
        await using var hub = await host.ConnectAsync(await host.SessionAsync("sofia@acme.example"));
        using var news = new SemaphoreSlim(0);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<string>();
        foreach (var (push, arguments) in new[] { ("MessagePosted", 2), ("TicketChanged", 3), ("TypingChanged", 3), ("ReadAdvanced", 3), ("ReceivedAdvanced", 3) })
        {
            hub.On(push, [.. Enumerable.Repeat(typeof(JsonElement), arguments)], (said, _) =>
            {
                heard.Enqueue(string.Join(' ', said));
                news.Release();
                return Task.CompletedTask;
            }, new object());
        }

        foreach (var number in numbers)
        {
            var joined = (await hub.InvokeAsync<JsonElement>("Join", number, 0, Cancel)).GetRawText();
            Assert.Contains(Public, joined, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, joined, StringComparison.Ordinal);
        }

        (await api.SayAsync(numbers[0], $"Another {Canary}", "internal")).Is(HttpStatusCode.Created);
        (await api.SayAsync(numbers[0], $"Another of the {Public}")).Is(HttpStatusCode.Created);
        while (!heard.Any(said => said.Contains($"Another of the {Public}", StringComparison.Ordinal)))
        {
            await news.WaitAsync(Cancel);
        }

        Assert.DoesNotContain(heard, said => said.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_frame_on_a_vendors_page_shows_public_words_alone()
    {
        using var staff = host.Api();
        var numbers = await FillAsync(new(staff), staff);
        await using var customer = await browser.VisitAsync(host.Address);
        var bodies = new System.Collections.Concurrent.ConcurrentQueue<string>();
        customer.Page.Response += async (_, response) =>
        {
            try
            {
                bodies.Enqueue(await response.TextAsync());
            }
            catch (Microsoft.Playwright.PlaywrightException)
            {
                // It was left, or had no body.
            }
        };
        await customer.BecomeAsync("sofia@acme.example");
        foreach (var number in numbers)
        {
            await customer.Page.GotoAsync($"/help?lang=en#request/{number}");
            await Expect(customer.Find("request-message").First).ToContainTextAsync(Public);
            Assert.DoesNotContain(Canary, await customer.Page.ContentAsync(), StringComparison.Ordinal);
        }

        Assert.Contains(bodies, body => body.Contains(Public, StringComparison.Ordinal));
        Assert.DoesNotContain(bodies, body => body.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_telephone_system_is_told_whom_to_ring_and_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var pbx = await FakePbx.StartAsync();
        await using var own = new SupportHost(new Dictionary<string, string?>(Patient) { ["Telephony:DialUrl"] = pbx.DialUrl }, database: database);
        using var staff = own.Api();
        var number = await PhoneAsync(new(staff), own);
        Assert.True((await own.Services.GetRequiredService<PbxDialer>().DialAsync(number, Mara, Cancel)).IsDone);
        var told = await pbx.DialledAsync();
        Assert.Equal(number, told.GetProperty("ticket").GetInt64());
        Assert.DoesNotContain(Canary, told.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>A request of each kind, with notes wherever a note can be.</summary>
    private async Task<long[]> FillAsync(ApiCaller api, HttpClient staff)
    {
        long[] numbers =
        [
            await api.OpenAsync(new { channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject = $"About {Public}", body = Public, businessCritical = true, criterion = "signIn", impact = "All of us." }),
            await api.OpenAsync(new { channel = "chat", requester = new { email = "sofia@acme.example" }, account = "acme", subject = $"Chat about {Public}", body = Public }),
            await PhoneAsync(api, host),
        ];
        foreach (var number in numbers)
        {
            (await api.SayAsync(number, $"Between us: {Canary}", "internal")).Is(HttpStatusCode.Created);
            var file = await staff.UploadedAsync($"{Canary}.txt", System.Text.Encoding.ASCII.GetBytes(Canary), $"/api/v1/tickets/{number}/uploads");
            (await api.PostAsync($"/api/v1/tickets/{number}/messages", new { body = "", visibility = "internal", clientMessageId = Guid.NewGuid().ToString("N"), attachments = new[] { file } })).Is(HttpStatusCode.Created);
            (await api.SayAsync(number, $"An answer with {Public}")).Is(HttpStatusCode.Created);
        }

        (await api.PostAsync($"/api/v1/tickets/{numbers[0]}/severity-decision", new { confirm = false, reason = "One person only." })).Is(HttpStatusCode.OK);
        var merged = await api.OpenAsync(ApiCaller.Plain());
        (await api.SayAsync(merged, $"Also {Canary}", "internal")).Is(HttpStatusCode.Created);
        (await api.PostAsync($"/api/v1/tickets/{merged}/merge", new { into = numbers[0] })).Is(HttpStatusCode.OK);
        return numbers;
    }

    private static async Task<long> PhoneAsync(ApiCaller api, SupportHost host)
    {
        var number = await api.OpenAsync(new { channel = "phone", requester = new { email = "sofia@acme.example" }, account = "acme", subject = $"Call about {Public}", body = Public, phoneNumber = ApiCaller.NewNumber() });
        var logged = await host.Services.GetRequiredService<TicketCommands>().LogCallAsync(number, new CallLog(Guid.NewGuid(), CallOutcome.NoAnswer) { Notes = $"Their machine says {Canary}" }, Mara, Cancel);
        Assert.True(logged.IsDone, logged.Refusal?.Message);
        return number;
    }

    // Found, not listed: a way out that somebody adds tomorrow is looked at tomorrow.
    private List<string> Addresses(long[] numbers)
    {
        var patterns = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(pattern => Ways().IsMatch(pattern) && !Notes().IsMatch(pattern)).Distinct().ToList();
        Assert.Contains(patterns, pattern => pattern.EndsWith("/transcript", StringComparison.Ordinal));
        Assert.Contains(patterns, pattern => pattern.EndsWith(".csv", StringComparison.Ordinal));
        return
        [
            .. patterns.SelectMany(pattern => numbers.Select(number => Hole().Replace(pattern, hole => hole.Value switch
            {
                var value when value.StartsWith("{number", StringComparison.Ordinal) => $"{number}",
                var value when value.StartsWith("{account", StringComparison.Ordinal) => "acme",
                var value when value.Contains("guid", StringComparison.Ordinal) => $"{Guid.NewGuid()}",
                var value when value.StartsWith("{slug", StringComparison.Ordinal) => "x",
                _ => "1",
            }))).Distinct().SelectMany(address => new[] { "", "?format=csv", "?format=html&lang=de", "?from=2020-01-01T00:00:00Z&to=2040-01-01T00:00:00Z&groupBy=account", $"?q={Public}&email=sofia@acme.example" }.Select(query => address + query)),
        ];
    }

    private static IEnumerable<(HttpClient Client, string Address)> Doors(string address, HttpClient staff, HttpClient customer, HttpClient nobody) =>
        address.StartsWith("/api/", StringComparison.Ordinal) ? [(staff, address)] : [(customer, address), (nobody, address)];

    [GeneratedRegex("^/(api|widget|files|help|chat|demo|images|articles)", RegexOptions.NonBacktracking)]
    private static partial Regex Ways();

    // What staff reads notes by: they are theirs.
    [GeneratedRegex("^/api/v1/tickets/[^/]+/messages$", RegexOptions.NonBacktracking)]
    private static partial Regex Notes();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Hole();
}
