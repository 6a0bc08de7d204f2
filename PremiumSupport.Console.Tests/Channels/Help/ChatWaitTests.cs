using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Channels.Chat;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help;

public sealed class SqliteChatWaitTests(SupportHost host) : ChatWaitTests(host), IClassFixture<SupportHost>;

public sealed class PostgresChatWaitTests(PostgresHost host) : ChatWaitTests(host.OrSkip()), IClassFixture<PostgresHost>;

/// <summary>What a waiting chat is told, and the way from it to the email form.</summary>
public abstract class ChatWaitTests(SupportHost host)
{
    [Fact]
    public async Task While_nobody_is_there_the_form_is_offered_and_once_somebody_is_the_place_in_the_line_is_told()
    {
        var sofia = await CallerAsync("sofia@acme.example");
        var alone = (await sofia.GetAsync("/widget/v1/chat/wait")).Is(HttpStatusCode.OK);
        Assert.Equal((false, "nobody"), (alone["somebodyHere"].GetBoolean(), alone["offerForm"].GetString()));

        await using var first = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var second = await ChatClient.CustomerAsync(host, "haruka@acme.example");
        var mine = await first.StartedAsync();
        var theirs = await second.StartedAsync();
        var staff = await host.Services.GetRequiredService<StaffQueries>().FindAsync("specialist@demo.example", TestContext.Current.CancellationToken);
        host.Services.GetRequiredService<StaffPresence>().Enter(staff!.Id);
        var haruka = await CallerAsync("haruka@acme.example");
        var wait = await UntilAsync(() => haruka.GetAsync($"/widget/v1/chat/wait?number={theirs}"), answer => answer["somebodyHere"].GetBoolean() && Says(answer, "position"));
        Assert.True(wait["position"].GetInt32() >= 2);
        // Nobody has answered a chat yet, so there is nothing to go by.
        Assert.False(Says(wait, "expectedSeconds"));
        (await haruka.GetAsync($"/widget/v1/chat/wait?number={mine}")).IsProblem(404, "not-found");
        (await haruka.GetAsync("/widget/v1/chat/wait?number=999999")).IsProblem(404, "not-found");

        await using var ana = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        await ana.SendAsync(theirs, "Here I am");
        await UntilAsync(() => haruka.GetAsync($"/widget/v1/chat/wait?number={theirs}"), answer => !Says(answer, "position") && !Says(answer, "offerForm"));
        host.Services.GetRequiredService<StaffPresence>().Leave(staff.Id);
    }

    [Fact]
    public async Task An_unanswered_chat_goes_on_in_the_form_with_both_promises_and_an_answered_one_stays()
    {
        var sofia = await CallerAsync("sofia@acme.example");
        var api = new ApiCaller(host.Api());
        await using var chat = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var waiting = await chat.StartedAsync();
        var form = new { channel = "email", subject = "Nobody in the chat", body = "Hello", continuesChat = waiting };
        var made = (await sofia.PostAsync("/widget/v1/tickets", form, "continued")).Is(HttpStatusCode.Created)["number"].GetInt64();
        Assert.Equal("closed", (await api.TicketAsync(waiting)).GetProperty("status").GetString());
        var promises = (await api.TicketAsync(made)).GetProperty("obligations").EnumerateArray().Select(owed => (owed.GetProperty("commitment").GetString(), owed.GetProperty("state").GetString())).ToList();
        Assert.Contains(("guaranteed", "on-track"), promises);
        Assert.Equal(2, promises.Count);
        // Sent again after a lost answer, it is the same request.
        Assert.Equal(made, (await sofia.PostAsync("/widget/v1/tickets", form, "continued")).Is(HttpStatusCode.Created)["number"].GetInt64());

        var answered = await chat.StartedAsync();
        (await api.SayAsync(answered, "Hello Sofia")).Is(HttpStatusCode.Created);
        (await sofia.PostAsync("/widget/v1/tickets", new { channel = "email", subject = "Another", body = "Hello", continuesChat = answered })).Is(HttpStatusCode.Created);
        Assert.Equal("open", (await api.TicketAsync(answered)).GetProperty("status").GetString());

        // Nobody carries on the chat of somebody else.
        var haruka = await CallerAsync("haruka@acme.example");
        var untouched = await chat.StartedAsync();
        (await haruka.PostAsync("/widget/v1/tickets", new { channel = "email", subject = "Not mine", body = "Hello", continuesChat = untouched })).Is(HttpStatusCode.Created);
        Assert.Equal("new", (await api.TicketAsync(untouched)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_transcript_holds_what_was_said_to_the_customer_and_nothing_else()
    {
        const string Canary = "canary-71ab";
        var sofia = await CallerAsync("sofia@acme.example");
        var api = new ApiCaller(host.Api());
        await using var chat = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = (await chat.StartAsync("Grüße & <script>alert(1)</script>\nزمان")).GetProperty("number").GetInt64();
        (await api.SayAsync(number, $"Note {Canary}", "internal")).Is(HttpStatusCode.Created);
        (await api.SayAsync(number, "Good day")).Is(HttpStatusCode.Created);

        var text = (await sofia.GetAsync($"/widget/v1/tickets/{number}/transcript?zone=Europe/Oslo&lang=nb")).Is(HttpStatusCode.OK);
        Assert.Equal("text/plain", text.Type);
        Assert.Contains("Grüße & <script>alert(1)</script>\nزمان", text.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Good day", text.Text, StringComparison.Ordinal);
        Assert.Contains("Europe/Oslo", text.Text, StringComparison.Ordinal);
        var html = (await sofia.GetAsync($"/widget/v1/tickets/{number}/transcript?format=html&zone=nowhere")).Is(HttpStatusCode.OK);
        Assert.Equal("text/html", html.Type);
        Assert.Contains("&lt;script&gt;", html.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html.Text, StringComparison.Ordinal);
        Assert.Contains("UTC", html.Text, StringComparison.Ordinal);
        Assert.All([text, html], file => Assert.DoesNotContain(Canary, file.Text, StringComparison.Ordinal));

        (await sofia.GetAsync($"/widget/v1/tickets/{number}/transcript?format=pdf")).IsProblem(400, "invalid");
        var haruka = await CallerAsync("haruka@acme.example");
        (await haruka.GetAsync($"/widget/v1/tickets/{number}/transcript")).IsProblem(404, "not-found");
    }

    private async Task<ApiCaller> CallerAsync(string email)
    {
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await host.SessionAsync(email));
        return new(client);
    }

    private static async Task<ApiAnswer> UntilAsync(Func<Task<ApiAnswer>> ask, Func<ApiAnswer, bool> isSo)
    {
        while (true)
        {
            var answer = (await ask()).Is(HttpStatusCode.OK);
            if (isSo(answer))
            {
                return answer;
            }

            // What all who wait share is read once in a while.
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static bool Says(ApiAnswer answer, string name) => answer.Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
}
