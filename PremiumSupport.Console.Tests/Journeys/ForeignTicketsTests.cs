using System.Net.Http.Json;
using System.Text.Json;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>Five hundred tickets that this project did not write go in through the API, and the queue stays right.</summary>
[Trait("Category", "Journey")]
public sealed class ForeignTicketsTests(Browser browser)
{
    [Fact]
    public async Task Five_hundred_foreign_tickets_stand_in_the_queue_in_the_order_of_their_deadlines()
    {
        var file = SharedData.Find("tickets.json");
        Assert.SkipWhen(file is null, "There is no ../shared/data beside this repository.");
        var cancel = TestContext.Current.CancellationToken;
        await using var host = new SupportHost();
        var api = host.Api();
        var foreign = JsonDocument.Parse(await File.ReadAllTextAsync(file!, cancel)).RootElement.EnumerateArray().ToList();
        string[] channels = ["email", "chat", "phone"];
        string[] accounts = ["acme", "globex"];

        await Parallel.ForEachAsync(foreign.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel }, async (item, cancellation) =>
        {
            var (index, ticket) = item;
            var response = await api.PostAsJsonAsync(
                "/api/v1/tickets",
                new
                {
                    channel = channels[index % 3],
                    requester = new { email = $"customer{ticket.GetProperty("CustomerId")}@{accounts[index % 2]}.example", name = $"Customer {ticket.GetProperty("CustomerId")}" },
                    account = accounts[index % 2],
                    subject = ticket.GetProperty("ShortSummary").GetString(),
                    body = ticket.GetProperty("Messages").EnumerateArray().First().GetProperty("Text").GetString(),
                    phoneNumber = channels[index % 3] == "phone" ? ApiCaller.NewNumber() : null,
                },
                cancellation);
            Assert.True(response.IsSuccessStatusCode, $"{index}: {await response.Content.ReadAsStringAsync(cancellation)}");
        });

        var (seen, due, cursor) = (new HashSet<long>(), DateTimeOffset.MinValue, "");
        do
        {
            var page = await api.GetFromJsonAsync<JsonElement>($"/api/v1/queue?limit=100&cursor={cursor}", cancel);
            foreach (var ticket in page.GetProperty("items").EnumerateArray())
            {
                Assert.True(seen.Add(ticket.GetProperty("number").GetInt64()));
                var next = ticket.GetProperty("nextDueAt").GetDateTimeOffset();
                Assert.True(next >= due);
                due = next;
            }

            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(foreign.Count, seen.Count);

        await using var specialist = await browser.VisitAsync(host.Address);
        await specialist.SignInAsync("specialist@demo.example");
        await Expect(specialist.Find("queue-row").First).ToBeVisibleAsync();
        var first = await api.GetFromJsonAsync<JsonElement>("/api/v1/queue?limit=1", cancel);
        Assert.Equal(first.GetProperty("items")[0].GetProperty("number").ToString(), await specialist.Find("queue-row").First.GetAttributeAsync("data-ticket"));
    }
}
