using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PremiumSupport.Tests.Hosting;

/// <summary>An answer of the API with its text already read.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string? Type, string Text, Uri? Location)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public JsonElement this[string name] => Json.GetProperty(name);

    public ApiAnswer Is(HttpStatusCode expected)
    {
        Assert.True(Status == expected, $"{Status}: {Text}");
        return this;
    }

    /// <summary>A problem as the contract promises it: code, type, the field's name, and nothing of our insides.</summary>
    public ApiAnswer IsProblem(int status, string code, string? field = null)
    {
        Assert.True((int)Status == status, $"Expected {status}, got {(int)Status}: {Text}");
        Assert.Equal("application/problem+json", Type);
        Assert.Equal(code, this["code"].GetString());
        Assert.Equal(status, this["status"].GetInt32());
        Assert.NotEqual("", this["detail"].GetString());
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Text, StringComparison.Ordinal);
        if (field is not null)
        {
            Assert.True(Json.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out var sentences) && sentences.GetArrayLength() > 0, $"'{field}' is not named: {Text}");
        }

        return this;
    }
}

/// <summary>Calls the REST API the way a program would.</summary>
internal sealed class ApiCaller(HttpClient client)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int _numbers = 1000;

    /// <summary>A number that no other callback of this run waits for: one number has one open callback.</summary>
    public static string NewNumber() => System.FormattableString.Invariant($"+1617555{Interlocked.Increment(ref _numbers):0000}");

    /// <summary>A plain request of a Super Admin, promised within the hour.</summary>
    public static object Plain(string subject = "A question") => new { channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject, body = "How?" };

    /// <summary>A claim of business critical by a Super Admin.</summary>
    public static object Critical(string subject = "Nobody can sign in") => new
    {
        channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject, body = "Since nine.", businessCritical = true, criterion = "signIn", impact = "All of us.",
    };

    public Task<ApiAnswer> GetAsync(string address) => SendAsync(HttpMethod.Get, address, null);

    public Task<ApiAnswer> PatchAsync(long number, object body) => SendAsync(HttpMethod.Patch, $"/api/v1/tickets/{number}", body);

    public Task<ApiAnswer> PostAsync(string address, object? body, string? key = null) => SendAsync(HttpMethod.Post, address, body, key);

    public Task<ApiAnswer> SayAsync(long number, string body, string visibility = "public", string? id = null, bool automated = false) =>
        PostAsync($"/api/v1/tickets/{number}/messages", new { body, visibility, clientMessageId = id ?? Guid.NewGuid().ToString("N"), automated });

    /// <summary>Opens a ticket and gives its number.</summary>
    public async Task<long> OpenAsync(object body) => (await PostAsync("/api/v1/tickets", body)).Is(HttpStatusCode.Created)["number"].GetInt64();

    public async Task<JsonElement> TicketAsync(long number) => (await GetAsync($"/api/v1/tickets/{number}")).Is(HttpStatusCode.OK).Json;

    /// <summary>A text goes out as it is, anything else as JSON.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string address, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = body as HttpContent ?? new StringContent(body as string ?? JsonSerializer.Serialize(body, Web), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await client.SendAsync(request, Cancel);
        return new(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Cancel), response.Headers.Location);
    }
}
