using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Files;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Files;
using PremiumSupport.Tests.Channels.Chat;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Platform.Files;

namespace PremiumSupport.Tests.Channels.Files;

[Collection(SharedHost.Name)]
public sealed class SqliteFileApiTests(SupportHost host) : FileApiTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresFileApiTests(PostgresHost host) : FileApiTests(host.OrSkip());

/// <summary>A file's way from a customer's hand to a specialist's screen and back, and every way that it does not take.</summary>
public abstract class FileApiTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_with_a_request_and_comes_back_under_its_name()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        var bytes = Encoding.UTF8.GetBytes("What the log says: ü");
        var id = await sofia.UploadedAsync("..\\Protokoll \u202Eüber.log", bytes);
        var request = await sofia.AskAsync("Please look.", id);

        var sent = request.GetProperty("messages")[0].GetProperty("attachments")[0];
        Assert.Equal(("Protokoll über.log", bytes.Length, "text/plain", "LOG"), (sent.GetProperty("name").GetString(), sent.GetProperty("size").GetInt32(), sent.GetProperty("kind").GetString(), sent.GetProperty("format").GetString()));
        Assert.False(sent.TryGetProperty("thumbnailUrl", out _));

        var transcript = await sofia.GetStringAsync(new Uri($"/widget/v1/tickets/{request.GetProperty("number").GetInt64()}/transcript", UriKind.Relative), Cancel);
        Assert.Contains("Please look.\n[Protokoll über.log, LOG]", transcript.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        using var answer = await sofia.FetchAsync(sent.GetProperty("url").GetString()!);
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", "Protokoll über.log"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_shown_as_points_of_our_own_and_asked_for_again_each_time()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        var id = await sofia.UploadedAsync("IMG_7.jpg", TestPictures.JpegOfACamera());
        using (var pending = await sofia.FetchAsync($"{Uploading.Customers}/{id}/thumbnail"))
        {
            Assert.Equal(HttpStatusCode.OK, pending.StatusCode);
        }

        var sent = (await sofia.AskAsync("", id)).GetProperty("messages")[0].GetProperty("attachments")[0];
        Assert.Equal((200, 400), (sent.GetProperty("width").GetInt32(), sent.GetProperty("height").GetInt32()));
        using var shown = await sofia.FetchAsync(sent.GetProperty("thumbnailUrl").GetString()!);
        Assert.Equal(("image/webp", "inline"), (shown.Content.Headers.ContentType!.MediaType, shown.Content.Headers.ContentDisposition!.DispositionType));
        Assert.DoesNotContain(TestPictures.Secret, Encoding.Latin1.GetString(await shown.Content.ReadAsByteArrayAsync(Cancel)), StringComparison.Ordinal);
        Assert.True(shown.Headers.CacheControl is { Private: true, NoCache: true });

        using var again = new HttpRequestMessage(HttpMethod.Get, sent.GetProperty("thumbnailUrl").GetString());
        again.Headers.IfNoneMatch.Add(shown.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await sofia.SendAsync(again, Cancel)).StatusCode);
        using var greta = await host.CustomerAsync("greta@globex.example");
        using var foreign = new HttpRequestMessage(HttpMethod.Get, sent.GetProperty("thumbnailUrl").GetString());
        foreign.Headers.IfNoneMatch.Add(shown.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotFound, (await greta.SendAsync(foreign, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_file_is_reached_through_its_own_ticket_and_message_and_no_other_way()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        var id = await sofia.UploadedAsync("mine.txt", "Mine"u8.ToArray());
        var mine = (await sofia.AskAsync("Mine", id)).GetProperty("number").GetInt64();
        var other = (await sofia.AskAsync("Another of mine")).GetProperty("number").GetInt64();
        using var uwe = await host.CustomerAsync("uwe@acme.example");
        using var greta = await host.CustomerAsync("greta@globex.example");
        var theirs = (await greta.AskAsync("Theirs")).GetProperty("number").GetInt64();
        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };

        Assert.Equal(HttpStatusCode.OK, (await sofia.FetchAsync($"/files/{mine}/1/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Api().FetchAsync($"/files/{mine}/1/{id}")).StatusCode);
        foreach (var (caller, address) in new (HttpClient, string)[]
        {
            (uwe, $"/files/{mine}/1/{id}"), (greta, $"/files/{mine}/1/{id}"), (greta, $"/files/{theirs}/1/{id}"), (sofia, $"/files/{other}/1/{id}"), (sofia, $"/files/{mine}/2/{id}"),
            (sofia, $"/files/{mine}/1/{Guid.NewGuid()}"), (sofia, $"/files/999999/1/{id}"), (host.Api(), $"/files/{other}/1/{id}"), (greta, $"{Uploading.Customers}/{id}/thumbnail"),
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await caller.FetchAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await caller.FetchAsync(address + "/thumbnail")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Api("pss_wrong").FetchAsync($"/files/{mine}/1/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await nobody.FetchAsync($"/files/{mine}/1/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_file_of_a_note_never_reaches_its_customer()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        var number = (await sofia.AskAsync("Hello")).GetProperty("number").GetInt64();
        using var admin = host.Api();
        var id = await admin.UploadedAsync("canary-7391.txt", "canary-7391"u8.ToArray(), $"/api/v1/tickets/{number}/uploads");
        (await _api.PostAsync($"/api/v1/tickets/{number}/messages", new { body = "", visibility = "internal", clientMessageId = "a note with a file", attachments = new[] { id } })).Is(HttpStatusCode.Created);

        var note = (await _api.GetAsync($"/api/v1/tickets/{number}/messages")).Json.GetProperty("items")[1];
        Assert.Equal("internal", note.GetProperty("visibility").GetString());
        var url = note.GetProperty("attachments")[0].GetProperty("url").GetString()!;
        Assert.StartsWith("/note-files/", url, StringComparison.Ordinal);
        using var read = await admin.FetchAsync(url);
        Assert.Equal("canary-7391", await read.Content.ReadAsStringAsync(Cancel));

        Assert.Equal(HttpStatusCode.Forbidden, (await sofia.FetchAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await sofia.FetchAsync(url + "/thumbnail")).StatusCode);
        foreach (var sequence in Enumerable.Range(0, 4))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await sofia.FetchAsync($"/files/{number}/{sequence}/{id}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await admin.FetchAsync($"/files/{number}/{sequence}/{id}")).StatusCode);
        }

        await using var chat = await ChatClient.ConnectAsync(host, await host.SessionAsync("sofia@acme.example"));
        foreach (var seen in new[] { (await sofia.GetStringAsync(new Uri($"/widget/v1/tickets/{number}", UriKind.Relative), Cancel)), (await chat.JoinAsync(number)).GetRawText() })
        {
            Assert.DoesNotContain("canary-7391", seen, StringComparison.Ordinal);
            Assert.DoesNotContain(id.ToString(), seen, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Rule_2_a_file_from_a_human_is_an_answer_and_one_from_a_machine_is_none()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        using var admin = host.Api();
        async Task<string?> AnsweredWithAsync(bool automated)
        {
            var number = (await sofia.AskAsync("Hello")).GetProperty("number").GetInt64();
            var id = await admin.UploadedAsync("answer.pdf", "%PDF-1.7"u8.ToArray(), $"/api/v1/tickets/{number}/uploads");
            (await _api.PostAsync($"/api/v1/tickets/{number}/messages", new { clientMessageId = "an answer with a file", automated, attachments = new[] { id } })).Is(HttpStatusCode.Created);
            return (await _api.TicketAsync(number)).GetProperty("obligations")[0].GetProperty("state").GetString();
        }

        Assert.Equal("met", await AnsweredWithAsync(automated: false));
        Assert.Equal("on-track", await AnsweredWithAsync(automated: true));
    }

    [Fact]
    public async Task A_chat_may_begin_with_a_file_and_its_listeners_see_it()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        await using var chat = await ChatClient.ConnectAsync(host, await host.SessionAsync("sofia@acme.example"));
        var id = await sofia.UploadedAsync("screen.png", TestPictures.Png());
        var begun = await chat.Connection.InvokeAsync<JsonElement>("StartConversation", new { clientMessageId = "begun with a file", body = "", attachments = new[] { id } }, Cancel);
        var number = begun.GetProperty("number").GetInt64();
        var next = await sofia.UploadedAsync("more.txt", "More"u8.ToArray());
        var sent = new { clientMessageId = "and another file", body = "And this", attachments = new[] { next } };
        var first = await chat.Connection.InvokeAsync<JsonElement>("Send", number, sent, Cancel);
        var again = await chat.Connection.InvokeAsync<JsonElement>("Send", number, sent, Cancel);

        Assert.Equal(first.GetRawText(), again.GetRawText());
        var pushed = (await chat.TakeUntilAsync(push => push.Method == "MessagePosted" && push.Sequence == 2))[^1].Arguments[0];
        Assert.Equal("more.txt", pushed.GetProperty("attachments")[0].GetProperty("name").GetString());
        var messages = (await chat.JoinAsync(number)).GetProperty("messages");
        Assert.Equal([1, 1], messages.EnumerateArray().Select(message => message.GetProperty("attachments").GetArrayLength()));
        Assert.Equal(["", "And this"], messages.EnumerateArray().Select(message => message.GetProperty("body").GetString()));
        Assert.Equal("screen.png", (await _api.TicketAsync(number)).GetProperty("subject").GetString());
        using var shown = await sofia.FetchAsync(messages[0].GetProperty("attachments")[0].GetProperty("thumbnailUrl").GetString()!);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Fact]
    public async Task The_same_upload_again_is_the_same_file_and_anothers_id_is_taken()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        using var greta = await host.CustomerAsync("greta@globex.example");
        var id = Guid.NewGuid();
        var first = (await sofia.PutFileAsync(Uploading.Customers, id, "a.txt", "One"u8.ToArray())).Is(HttpStatusCode.Created);
        var again = (await sofia.PutFileAsync(Uploading.Customers, id, "a.txt", "One"u8.ToArray())).Is(HttpStatusCode.Created);
        Assert.Equal(first.Text, again.Text);
        (await greta.PutFileAsync(Uploading.Customers, id, "b.txt", "Two"u8.ToArray())).IsProblem(409, "id-taken");
    }

    [Fact]
    public async Task A_file_is_sent_once_and_only_by_who_uploaded_it_and_a_refusal_changes_nothing()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        using var greta = await host.CustomerAsync("greta@globex.example");
        var mine = (await sofia.AskAsync("Mine")).GetProperty("number").GetInt64();
        var id = await sofia.UploadedAsync("once.txt", "Once"u8.ToArray());
        var theirs = await greta.UploadedAsync("theirs.txt", "Theirs"u8.ToArray());
        var discarded = await sofia.UploadedAsync("discarded.txt", "Gone"u8.ToArray());
        Assert.Equal(HttpStatusCode.NoContent, (await sofia.DeleteAsync(new Uri($"{Uploading.Customers}/{discarded}", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await sofia.DeleteAsync(new Uri($"{Uploading.Customers}/{theirs}", UriKind.Relative), Cancel)).StatusCode);
        Task<ApiAnswer> SayAsync(string clientMessageId, params Guid[] attachments) =>
            new ApiCaller(sofia).PostAsync($"/widget/v1/tickets/{mine}/messages", new { clientMessageId, body = "Look", attachments });

        (await SayAsync("m1", id, theirs)).IsProblem(400, "invalid", "attachments");
        (await SayAsync("m2", id, discarded)).IsProblem(400, "invalid", "attachments");
        (await SayAsync("m3", [.. Enumerable.Range(0, 11).Select(_ => Guid.NewGuid())])).IsProblem(400, "invalid", "attachments");
        (await new ApiCaller(sofia).PostAsync($"/widget/v1/tickets/{mine}/messages", new { clientMessageId = "m4", body = "", attachments = Array.Empty<Guid>() })).IsProblem(400, "invalid", "body");
        (await new ApiCaller(sofia).PostAsync($"/widget/v1/tickets/{mine}/messages", "{\"clientMessageId\":\"m5\",\"attachments\":[\"../x\"]}")).IsProblem(400, "invalid");
        (await SayAsync("m6", id, id)).Is(HttpStatusCode.Created);
        (await SayAsync("m7", id)).IsProblem(400, "invalid", "attachments");
        Assert.Equal(2, (await _api.GetAsync($"/api/v1/tickets/{mine}/messages")).Json.GetProperty("items").GetArrayLength());
        Assert.NotNull(await host.Services.GetRequiredService<UploadCommands>().PendingAsync(theirs, await OwnerOfAsync(theirs), Cancel));
    }

    [Fact]
    public async Task Limits_hold_by_account_above_the_workspaces_own()
    {
        using var greta = await host.CustomerAsync("greta@globex.example");
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        var set = (await _api.SendAsync(HttpMethod.Put, "/api/v1/accounts/Globex/file-limits", new { fileBytes = 1000, families = new[] { "image", "program" } })).Is(HttpStatusCode.OK);
        try
        {
            Assert.Equal((1000, 10L << 30), (set["inForce"].GetProperty("fileBytes").GetInt64(), set["inForce"].GetProperty("accountBytes").GetInt64()));
            Assert.Equal(["image", "program"], (await new ApiCaller(greta).GetAsync($"{Uploading.Customers}/limits"))["families"].EnumerateArray().Select(family => family.GetString()));
            (await greta.PutFileAsync(Uploading.Customers, Guid.NewGuid(), "a.bin", new byte[1001])).IsProblem(413, "too-large");
            (await greta.PutFileAsync(Uploading.Customers, Guid.NewGuid(), "a.txt", "Text"u8.ToArray())).IsProblem(415, "kind-not-allowed");
            (await greta.PutFileAsync(Uploading.Customers, Guid.NewGuid(), "a.exe", "MZ"u8.ToArray())).Is(HttpStatusCode.Created);
            (await sofia.PutFileAsync(Uploading.Customers, Guid.NewGuid(), "a.txt", "Text"u8.ToArray())).Is(HttpStatusCode.Created);
            (await sofia.PutFileAsync(Uploading.Customers, Guid.NewGuid(), "a.exe", "MZ"u8.ToArray())).IsProblem(415, "kind-not-allowed");

            await _api.SendAsync(HttpMethod.Put, "/api/v1/accounts/globex/file-limits", new { hourlyFiles = 1 });
            (await greta.PutFileAsync(Uploading.Customers, Guid.NewGuid(), "b.txt", "B"u8.ToArray())).IsProblem(429, "too-many-files");
            await _api.SendAsync(HttpMethod.Put, "/api/v1/accounts/globex/file-limits", new { accountBytes = 1 });
            (await greta.PutFileAsync(Uploading.Customers, Guid.NewGuid(), "b.txt", "B"u8.ToArray())).IsProblem(413, "quota-full");
        }
        finally
        {
            (await _api.SendAsync(HttpMethod.Put, "/api/v1/accounts/globex/file-limits", new { })).Is(HttpStatusCode.OK);
        }

        (await _api.SendAsync(HttpMethod.Put, "/api/v1/file-limits", new { fileBytes = 0 })).IsProblem(400, "invalid", "fileBytes");
        (await _api.SendAsync(HttpMethod.Put, "/api/v1/file-limits", new { families = new[] { "poem" } })).IsProblem(400, "invalid");
        (await _api.GetAsync("/api/v1/accounts/nobody/file-limits")).IsProblem(404, "not-found");
        (await new ApiCaller(host.Api(SupportHost.LeadApiKey)).GetAsync("/api/v1/file-limits")).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Nobody_uploads_without_a_right_to()
    {
        _ = host.Address;
        using var nobody = host.CreateClient();
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        using var admin = host.Api();
        var number = (await sofia.AskAsync("Hello")).GetProperty("number").GetInt64();
        (await nobody.PutFileAsync(Uploading.Customers, Guid.NewGuid(), "a.txt", "A"u8.ToArray())).IsProblem(401, "missing-token");
        (await admin.PutFileAsync(Uploading.Customers, Guid.NewGuid(), "a.txt", "A"u8.ToArray())).IsProblem(401, "invalid-token");
        (await sofia.PutFileAsync($"/api/v1/tickets/{number}/uploads", Guid.NewGuid(), "a.txt", "A"u8.ToArray())).IsProblem(401, "invalid-token");
        Assert.NotEqual(HttpStatusCode.Created, (await sofia.PutFileAsync($"/tickets/{number}/uploads", Guid.NewGuid(), "a.txt", "A"u8.ToArray())).Status);
        (await admin.PutFileAsync("/api/v1/tickets/999999/uploads", Guid.NewGuid(), "a.txt", "A"u8.ToArray())).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_part_that_is_split_off_takes_its_files_along_and_leaves_them_where_they_were()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        var id = await sofia.UploadedAsync("both.txt", "Both"u8.ToArray());
        var from = (await sofia.AskAsync("Two things", id)).GetProperty("number").GetInt64();
        var into = (await _api.PostAsync($"/api/v1/tickets/{from}/split", new { fromSequence = 1, subject = "The second" })).Is(HttpStatusCode.Created)["number"].GetInt64();
        foreach (var number in new[] { from, into })
        {
            Assert.Equal("Both", await (await sofia.FetchAsync($"/files/{number}/1/{id}")).Content.ReadAsStringAsync(Cancel));
        }
    }

    [Fact]
    public async Task A_file_that_the_disk_has_lost_is_missing_in_words()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        var id = await sofia.UploadedAsync("lost.txt", "Lost"u8.ToArray());
        var number = (await sofia.AskAsync("Hello", id)).GetProperty("number").GetInt64();
        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel))
        {
            host.Services.GetRequiredService<FileStore>().Delete((await db.Set<StoredFile>().SingleAsync(file => file.Id == id, Cancel)).StoredName);
        }

        (await new ApiCaller(sofia).GetAsync($"/files/{number}/1/{id}")).IsProblem(404, "not-found");
    }

    private async Task<Guid> OwnerOfAsync(Guid id)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        return (await db.Set<StoredFile>().SingleAsync(file => file.Id == id, Cancel)).OwnerId;
    }
}
