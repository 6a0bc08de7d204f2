using System.Net;
using System.Text.Json;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class SqliteQueueApiTests(SupportHost host) : QueueApiTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresQueueApiTests(PostgresHost host) : QueueApiTests(host.OrSkip());

/// <summary>Queue, conversation and search as a program reads them.</summary>
public abstract class QueueApiTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    [Theory]
    [InlineData("all")]
    [InlineData("unassigned")]
    [InlineData("email")]
    public async Task Pages_cover_every_row_once_in_the_order_of_one_large_page(string view)
    {
        for (var index = 0; index < 7; index++)
        {
            var number = await _api.OpenAsync(index % 2 == 0 ? ApiCaller.Plain() : ApiCaller.Critical());
            if (index % 3 == 0)
            {
                // Answered ones owe nothing and come last.
                (await _api.SayAsync(number, "Hello")).Is(HttpStatusCode.Created);
            }
        }

        var whole = await ReadAsync($"/api/v1/queue?view={view}", 200);
        Assert.True(whole.Count >= 7);
        var keys = whole.Select(row => (Due: row.GetProperty("nextDueAt").GetString() ?? "~", Number: row.GetProperty("number").GetInt64())).ToList();
        Assert.Equal(keys.OrderBy(key => key.Due, StringComparer.Ordinal).ThenBy(key => key.Number), keys);
        foreach (var limit in new[] { 1, 3 })
        {
            Assert.Equal(keys.Select(key => key.Number), (await ReadAsync($"/api/v1/queue?view={view}", limit)).Select(row => row.GetProperty("number").GetInt64()));
        }
    }

    [Fact]
    public async Task All_holds_what_is_neither_solved_nor_closed()
    {
        var (open, solved) = (await _api.OpenAsync(ApiCaller.Plain()), await _api.OpenAsync(ApiCaller.Plain()));
        (await _api.PatchAsync(solved, new { status = "solved" })).Is(HttpStatusCode.OK);

        var numbers = (await ReadAsync("/api/v1/queue?view=all", 200)).Select(row => row.GetProperty("number").GetInt64()).ToList();
        Assert.Contains(open, numbers);
        Assert.DoesNotContain(solved, numbers);
    }

    [Fact]
    public async Task A_page_has_no_more_rows_than_asked_for_and_a_page_beyond_the_end_none()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        Assert.Equal(1, (await _api.GetAsync("/api/v1/queue?limit=1"))["items"].GetArrayLength());
        var page = (await _api.GetAsync($"/api/v1/tickets/{number}/messages?afterSequence=9")).Is(HttpStatusCode.OK);
        Assert.Equal(0, page["items"].GetArrayLength());
        Assert.Equal(JsonValueKind.Null, page["nextCursor"].ValueKind);
    }

    [Fact]
    public async Task A_conversation_with_notes_pages_through_each_message_and_note_once()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        string[] script = ["note a", "note b", "say c", "note d", "note e", "note f", "say g", "say h", "note i"];
        foreach (var line in script)
        {
            (await _api.SayAsync(number, line, line.StartsWith("note", StringComparison.Ordinal) ? "internal" : "public")).Is(HttpStatusCode.Created);
        }

        string[] expected = ["How?", .. script];
        foreach (var limit in new[] { 1, 2, 4, 50 })
        {
            var read = await ReadAsync($"/api/v1/tickets/{number}/messages?x=1", limit);
            Assert.Equal(expected, read.Select(message => message.GetProperty("body").GetString()));
        }

        var behind = await ReadAsync($"/api/v1/tickets/{number}/messages?afterSequence=2", 50);
        Assert.Equal(["note d", "note e", "note f", "say g", "say h", "note i"], behind.Select(message => message.GetProperty("body").GetString()));
    }

    [Theory]
    [InlineData("100% of it", "100%")]
    [InlineData("under_score", "r_s")]
    [InlineData("it's \"quoted\"", "it's \"q")]
    [InlineData("back\\slash", "k\\s")]
    [InlineData("Größe änderte sich", "Größe")]
    public async Task Search_finds_what_was_typed_and_takes_no_character_for_another(string subject, string words)
    {
        var found = await _api.OpenAsync(ApiCaller.Plain(subject));
        var decoy = await _api.OpenAsync(ApiCaller.Plain(new string([.. subject.Select(c => "%_'\"\\".Contains(c, StringComparison.Ordinal) ? 'x' : c == 'ß' ? 's' : c)])));

        var numbers = (await _api.GetAsync("/api/v1/search?q=" + Uri.EscapeDataString(words))).Is(HttpStatusCode.OK)["items"].EnumerateArray().Select(row => row.GetProperty("number").GetInt64()).ToList();
        Assert.Contains(found, numbers);
        Assert.DoesNotContain(decoy, numbers);
    }

    [Fact]
    public async Task Search_finds_by_number_requester_and_account_and_nothing_by_nothing()
    {
        var number = await _api.OpenAsync(new { channel = "email", requester = new { email = "greta@globex.example" }, account = "globex", subject = "S", body = "B" });
        foreach (var words in new[] { $"{number}", $"#{number}", "greta@globex", "Greta L", "GLOBEX" })
        {
            Assert.Contains(number, (await _api.GetAsync("/api/v1/search?q=" + Uri.EscapeDataString(words)))["items"].EnumerateArray().Select(row => row.GetProperty("number").GetInt64()));
        }

        foreach (var nothing in new[] { "", "?q=", "?q=%20%09", "?q=%00" })
        {
            Assert.Equal(0, (await _api.GetAsync("/api/v1/search" + nothing)).Is(HttpStatusCode.OK)["items"].GetArrayLength());
        }
    }

    private async Task<List<JsonElement>> ReadAsync(string address, int limit)
    {
        var rows = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = (await _api.GetAsync($"{address}{separator}limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).Is(HttpStatusCode.OK);
            Assert.InRange(page["items"].GetArrayLength(), 0, limit);
            rows.AddRange(page["items"].EnumerateArray());
            cursor = page["nextCursor"].GetString();
            Assert.True(rows.Count < 10_000, "The pages never end.");
        }
        while (cursor is not null);

        return rows;
    }
}
