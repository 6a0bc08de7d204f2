using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Tests.Channels.Chat;
using PremiumSupport.Tests.Channels.Help;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Hostile;

public sealed class SqliteNaughtyTextTests(SqliteNaughtyTextTests.Host host) : NaughtyTextTests(host), IClassFixture<SqliteNaughtyTextTests.Host>
{
    public sealed class Host() : SupportHost(Patient);
}

public sealed class PostgresNaughtyTextTests(PostgresNaughtyTextTests.Host host) : NaughtyTextTests(host.OrSkip()), IClassFixture<PostgresNaughtyTextTests.Host>
{
    public sealed class Host() : PostgresHost(Patient);
}

/// <summary>Texts that break programs, in every text field of every entrance: kept and given back as they were, or refused in words. Never anything else.</summary>
public abstract class NaughtyTextTests(SupportHost host)
{
    protected static readonly IReadOnlyDictionary<string, string?> Patient = new Dictionary<string, string?> { ["Limits:Scale"] = "10000" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is kept of a text: no character that no screen shows, no half of one.</summary>
    private static string Kept(string text) => new([.. MessageText.Tidy(text).EnumerateRunes().SelectMany(rune => rune.ToString())]);

    [Fact]
    public async Task A_request_of_a_customer_comes_back_as_it_was_written()
    {
        var sofia = await CustomerAsync("sofia@acme.example");
        foreach (var text in NaughtyStrings.All.Where(text => text.Length <= 2_000))
        {
            var json = NaughtyStrings.Json(text);
            var answer = await sofia.PostAsync("/widget/v1/tickets", $$"""{"channel":"email","subject":{{Short(text)}},"body":{{json}},"businessCritical":true,"criterion":"outage","impact":{{json}},"locale":{{json}}}""", $"{Guid.NewGuid()}");
            if (answer.Status != HttpStatusCode.Created)
            {
                Refused(answer, text);
                continue;
            }

            var number = answer["number"].GetInt64();
            Assert.Equal(Kept(text), answer["messages"][0].GetProperty("body").GetString());
            var reply = await sofia.PostAsync($"/widget/v1/tickets/{number}/messages", $$"""{"body":{{json}},"clientMessageId":"reply"}""");
            reply.Is(HttpStatusCode.Created);
            Assert.Equal(Kept(text), (await sofia.GetAsync($"/widget/v1/tickets/{number}")).Is(HttpStatusCode.OK)["messages"][1].GetProperty("body").GetString());
        }
    }

    [Fact]
    public async Task What_the_texts_of_length_do_is_a_matter_of_length_alone()
    {
        var uwe = await CustomerAsync("uwe@acme.example");
        foreach (var text in NaughtyStrings.Long)
        {
            Assert.Equal(Kept(text), (await uwe.PostAsync("/widget/v1/tickets", $$"""{"channel":"email","subject":"Long","body":{{NaughtyStrings.Json(text)}}}""")).Is(HttpStatusCode.Created)["messages"][0].GetProperty("body").GetString());
        }

        (await uwe.PostAsync("/widget/v1/tickets", new { channel = "email", subject = "A million", body = new string('a', 1_000_000) })).IsProblem(400, "invalid", "body");
        (await uwe.PostAsync("/widget/v1/tickets", new { channel = "email", subject = "Two million", body = new string('a', 2_000_000) })).IsProblem(413, "too-large");
    }

    [Fact]
    public async Task Every_other_word_that_a_customer_may_send_is_taken_or_refused_in_words()
    {
        var sofia = await CustomerAsync("sofia@acme.example");
        var number = (await sofia.PostAsync("/widget/v1/tickets", new { channel = "email", subject = "S", body = "B" })).Is(HttpStatusCode.Created)["number"].GetInt64();
        var now = host.Services.GetService(typeof(TimeProvider)) is TimeProvider clock ? clock.GetUtcNow() : default;
        foreach (var text in NaughtyStrings.All)
        {
            var json = NaughtyStrings.Json(text);
            IsAnswer(await sofia.PostAsync($"/widget/v1/tickets/{number}/messages", $$"""{"body":"x","clientMessageId":{{json}}}"""), text);
            Refused(await sofia.PostAsync("/widget/v1/tickets", $$"""{"channel":{{json}},"subject":"S","body":"B"}"""), text);
            Refused(await sofia.PostAsync("/widget/v1/tickets", $$"""{"channel":"email","subject":"S","body":"B","businessCritical":true,"criterion":{{json}},"impact":"x"}"""), text);
            Refused(await sofia.PostAsync("/widget/v1/tickets", $$"""{"channel":"phone","subject":"S","body":"B","phoneNumber":{{json}}}"""), text);
            Refused(await sofia.PostAsync("/widget/v1/session", $$"""{"identityToken":{{json}}}"""), text);
            IsAnswer(await sofia.PostAsync("/widget/v1/session", $$"""{"identityToken":"x","browserKey":{{json}}}"""), text);
            // A zero in a path, and an address that is too long, are turned away by the server itself, before anything of ours.
            if (NaughtyStrings.Escaped(text) is { } escaped && !text.Contains('\0', StringComparison.Ordinal))
            {
                (await sofia.GetAsync($"/widget/v1/articles?q={escaped}")).Is(HttpStatusCode.OK);
                IsAnswer(await sofia.GetAsync($"/widget/v1/articles/{escaped}"), text);
                IsAnswer(await sofia.PostAsync($"/widget/v1/articles/{escaped}/feedback", new { helpful = true }), text);
                IsAnswer(await sofia.GetAsync($"/widget/v1/tickets/{escaped}"), text);
                // What the vendor vouches for is a person all the same, or a token without one.
                foreach (var claim in new[] { "sub", "name", "locale", "role", "platform", "jti" })
                {
                    IsAnswer(await sofia.PostAsync("/widget/v1/session", new { identityToken = new VendorToken(now).With("email", "naughty@globex.example").With("account", "globex").With(claim, text).Sign(SupportHost.WidgetSecret) }), text);
                }
            }
        }
    }

    [Fact]
    public async Task A_chat_carries_them_there_and_back()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        // What no encoder writes cannot be sent by this client; the widget's API above takes it.
        var sent = NaughtyStrings.All.Where(NaughtyStrings.IsWhole).ToList();
        var seen = new List<string>();
        var ids = new HashSet<string>();
        foreach (var text in sent)
        {
            try
            {
                await sofia.SendAsync(number, text);
                seen.Add(Kept(text));
            }
            catch (HubException refused)
            {
                Assert.Contains("invalid: The message is empty.", refused.Message, StringComparison.Ordinal);
            }

            try
            {
                await sofia.SendAsync(number, "Named by it", text);
                // Two ids that are kept as one are one: the second message is the first.
                if (ids.Add(text.Replace('\0', '\ufffd')))
                {
                    seen.Add("Named by it");
                }

            }
            catch (HubException refused)
            {
                Assert.Contains("invalid: Give each message an id", refused.Message, StringComparison.Ordinal);
            }
        }

        var messages = (await sofia.JoinAsync(number)).GetProperty("messages").EnumerateArray().Skip(1).Select(message => message.GetProperty("body").GetString()!).ToList();
        Assert.Equal(seen, messages);
        Assert.Equal(HubConnectionState.Connected, sofia.Connection.State);
    }

    [Fact]
    public async Task A_clients_id_that_comes_again_with_another_text_is_refused_in_words_and_the_message_stays_what_it_was()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        var first = await sofia.SendAsync(number, "The first words", "mine");
        Assert.StartsWith("message-id-reused: ", await ChatClient.RefusalAsync(() => sofia.SendAsync(number, "Other words", "mine")), StringComparison.Ordinal);

        Assert.Equal(first.GetRawText(), (await sofia.SendAsync(number, "The first words", "mine")).GetRawText());
        var messages = (await sofia.JoinAsync(number)).GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("body").GetString());
        Assert.Equal(["Hello", "The first words"], messages);
        // Somebody else's message may have the same one.
        var staff = new ApiCaller(host.Api());
        Assert.Equal(3, (await staff.SayAsync(number, "An answer", id: "mine")).Is(HttpStatusCode.Created)["sequence"].GetInt64());
    }

    [Fact]
    public async Task A_ticket_of_staff_comes_back_as_it_was_written()
    {
        var staff = new ApiCaller(host.Api());
        var number = await staff.OpenAsync(ApiCaller.Critical());
        foreach (var text in NaughtyStrings.All)
        {
            var json = NaughtyStrings.Json(text);
            var opened = await staff.PostAsync("/api/v1/tickets", $$"""{"channel":"email","requester":{"email":"new@acme.example","name":{{json}}},"account":"acme","subject":{{Short(text)}},"body":{{json}}}""");
            if (opened.Status == HttpStatusCode.Created)
            {
                Assert.Equal(Kept(text.Length > 300 ? text[..300] : text).Replace('\n', ' ').Replace('\t', ' '), opened["subject"].GetString());
            }
            else
            {
                Refused(opened, text);
            }

            IsAnswer(await staff.PostAsync("/api/v1/tickets", $$"""{"channel":"email","requester":{"email":{{json}}},"account":"acme","subject":"S","body":"B"}"""), text);
            Refused(await staff.PostAsync("/api/v1/tickets", $$"""{"channel":"email","requester":{"email":"sofia@acme.example"},"account":{{json}},"subject":"S","body":"B"}"""), text);
            IsAnswer(await staff.PostAsync($"/api/v1/tickets/{number}/messages", $$"""{"body":{{json}},"visibility":"internal","clientMessageId":"{{Guid.NewGuid():N}}"}"""), text);
            IsAnswer(await staff.SendAsync(HttpMethod.Patch, $"/api/v1/tickets/{number}", $$"""{"tags":[{{json}}]}"""), text);
            IsAnswer(await staff.SendAsync(HttpMethod.Patch, $"/api/v1/tickets/{number}", $$"""{"subject":{{json}}}"""), text);
            Refused(await staff.SendAsync(HttpMethod.Patch, $"/api/v1/tickets/{number}", $$"""{"assignee":{{json}}}"""), text);
            IsAnswer(await staff.PostAsync("/api/v1/sla/exceptions", $$$"""{"from":"2099-01-01T00:00:00Z","to":"2099-01-02T00:00:00Z","scope":{"kind":"account","value":{{{json}}}},"reason":"other","note":{{{json}}}}"""), text);
            if (NaughtyStrings.Escaped(text) is { } escaped)
            {
                IsAnswer(await staff.GetAsync($"/api/v1/search?q={escaped}"), text);
                IsAnswer(await staff.GetAsync($"/api/v1/queue?cursor={escaped}"), text);
            }
        }
    }

    private async Task<ApiCaller> CustomerAsync(string email)
    {
        var session = await host.SessionAsync(email);
        var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session);
        return new(client);
    }

    // A subject has 300 characters; half of one at the cut is a case of its own, and welcome.
    private static string Short(string text) => NaughtyStrings.Json(text.Length > 300 ? text[..300] : text);

    private static void Refused(ApiAnswer answer, string text)
    {
        Assert.True((int)answer.Status is >= 400 and < 500, $"'{text}': {answer.Status} {answer.Text}");
        answer.IsProblem((int)answer.Status, answer["code"].GetString()!);
    }

    private static void IsAnswer(ApiAnswer answer, string text)
    {
        if ((int)answer.Status >= 300)
        {
            Refused(answer, text);
        }
    }
}
