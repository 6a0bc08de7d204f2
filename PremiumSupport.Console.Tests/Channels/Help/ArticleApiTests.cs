using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Platform.Identity;

namespace PremiumSupport.Tests.Channels.Help;

public sealed class SqliteArticleApiTests(SupportHost host) : ArticleApiTests(host), IClassFixture<SupportHost>;

public sealed class PostgresArticleApiTests(PostgresHost host) : ArticleApiTests(host.OrSkip()), IClassFixture<PostgresHost>;

/// <summary>What anybody may send about articles, and what only those who write them may.</summary>
public abstract class ArticleApiTests(SupportHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_article_is_read_in_its_language_with_what_it_is()
    {
        using var client = Client();
        var article = await client.GetFromJsonAsync<JsonElement>("/widget/v1/articles/sso-certificate?lang=fr", Stop);
        Assert.Equal(("fr", "machine", false), (article.GetProperty("language").GetString(), article.GetProperty("origin").GetString(), article.GetProperty("isOutOfDate").GetBoolean()));
        Assert.Equal("Connexion", article.GetProperty("category").GetString());
        Assert.Equal(6, article.GetProperty("languages").GetArrayLength());
        Assert.Equal("en", (await client.GetFromJsonAsync<JsonElement>("/widget/v1/articles/sandbox?lang=fr", Stop)).GetProperty("language").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/widget/v1/articles/no-such", Stop)).StatusCode);
        Assert.Equal(8, (await client.GetFromJsonAsync<JsonElement>("/widget/v1/shelves?lang=nb", Stop)).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("articles/sandbox/feedback", "{}", 400, "helpful")]
    [InlineData("articles/sandbox/feedback", "{\"helpful\":\"yes\"}", 400, "helpful")]
    [InlineData("articles/no-such/feedback", "{\"helpful\":true}", 404, null)]
    [InlineData("questions", "{}", 400, "id")]
    [InlineData("questions", "{\"id\":\"no-guid\"}", 400, "id")]
    [InlineData("questions", "nonsense", 400, null)]
    public async Task Bad_input_is_told_by_its_field(string path, string body, int status, string? field)
    {
        using var client = Client();
        using var answer = await client.PostAsync($"/widget/v1/{path}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(field is not null, problem.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field ?? "", out _));
    }

    [Fact]
    public async Task A_comment_that_is_too_long_is_refused_and_any_text_is_taken()
    {
        using var client = Client();
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("/widget/v1/articles/sandbox/feedback", new { helpful = true, comment = new string('x', 1001) }, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/widget/v1/articles/sandbox/feedback", new { helpful = true, comment = "\0\u202e<script>", reader = "\0", language = "xx" }, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/widget/v1/questions", new { id = Guid.NewGuid(), text = "\0\u202e<script> 日本語 " + new string('x', 100_000), read = "' OR 1=1", language = "xx" }, Stop)).StatusCode);
    }

    [Fact]
    public async Task Only_leads_keep_drafts_and_only_from_the_products_own_pages()
    {
        const string Draft = "/edit/articles/1/en";
        var body = new { title = "Kept", body = "**Kept** <b>no</b>", seen = 0 };
        using var nobody = Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PutAsJsonAsync(Draft, body, Stop)).StatusCode);

        using var specialist = await EnterAsync("specialist@demo.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await specialist.PutAsJsonAsync(Draft, body, Stop)).StatusCode);

        using var lead = await EnterAsync("lead@demo.example");
        using var foreign = new HttpRequestMessage(HttpMethod.Put, Draft) { Content = JsonContent.Create(body) };
        foreign.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.SendAsync(foreign, Stop)).StatusCode);

        var kept = await (await lead.PutAsJsonAsync(Draft, body, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(1, kept.GetProperty("version").GetInt64());
        Assert.Contains("<strong>Kept</strong> &lt;b&gt;", kept.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await lead.PutAsJsonAsync(Draft, body, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await lead.PutAsJsonAsync(Draft, new { title = "x", body = new string('x', 120_001), seen = 1 }, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await lead.PutAsJsonAsync("/edit/articles/999999/en", body, Stop)).StatusCode);
    }

    [Fact]
    public async Task One_address_is_stopped_before_it_fills_the_database()
    {
        await using var own = new SupportHost();
        _ = own.Address;
        using var client = own.CreateClient();
        var answers = new List<HttpStatusCode>();
        for (var times = 0; times < 80; times++)
        {
            answers.Add((await client.PostAsJsonAsync("/widget/v1/questions", new { id = Guid.NewGuid(), text = "how" }, Stop)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NoContent, answers[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    private HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };

    private async Task<HttpClient> EnterAsync(string email)
    {
        var client = new HttpClient(new CookieKeeper(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })) { BaseAddress = host.Address };
        await new AccountBrowser(client).SignInAsync(email, SupportHost.Password);
        return client;
    }
}
