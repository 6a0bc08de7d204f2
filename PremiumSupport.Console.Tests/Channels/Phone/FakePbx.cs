using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PremiumSupport.Platform.Web;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Phone;

/// <summary>A small telephone system on a port of its own: is told to dial, and tells what became of it.</summary>
internal sealed class FakePbx : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication _app;
    private readonly Channel<JsonElement> _dialled = Channel.CreateUnbounded<JsonElement>();
    private int _messages;

    private FakePbx(WebApplication app) => _app = app;

    /// <summary>Where it is told to dial.</summary>
    public string DialUrl => $"{_app.Urls.First()}/dial";

    /// <summary>What it answers when it is told to.</summary>
    public int Answer { get; set; } = StatusCodes.Status202Accepted;

    public static async Task<FakePbx> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var pbx = new FakePbx(builder.Build());
        pbx._app.Run(pbx.TakeAsync);
        await pbx._app.StartAsync();
        return pbx;
    }

    /// <summary>The next call that it was told to make.</summary>
    public async Task<JsonElement> DialledAsync() => await _dialled.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Tells the product something about a call.</summary>
    public async Task<ApiAnswer> TellAsync(HttpClient product, object message, string? id = null, string secret = Secret, TimeSpan ago = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        id ??= $"message-{Interlocked.Increment(ref _messages)}";
        var at = TimeProvider.System.GetUtcNow() - ago;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/telephony/v1/events") { Content = new ByteArrayContent(body) };
        request.Headers.Add(SignedWebhook.IdHeader, id);
        request.Headers.Add(SignedWebhook.TimestampHeader, SignedWebhook.Seconds(at));
        request.Headers.Add(SignedWebhook.SignatureHeader, SignedWebhook.Sign(SignedWebhook.ReadSecret(secret)!, id, at, body));
        using var response = await product.SendAsync(request, TestContext.Current.CancellationToken);
        return new(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), null);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var read = new MemoryStream();
        await http.Request.Body.CopyToAsync(read);
        var body = read.ToArray();
        string Header(string name) => http.Request.Headers[name].ToString();
        var fault = SignedWebhook.Check([SignedWebhook.ReadSecret(Secret)!], Header(SignedWebhook.IdHeader), Header(SignedWebhook.TimestampHeader), Header(SignedWebhook.SignatureHeader), body, TimeProvider.System.GetUtcNow());
        http.Response.StatusCode = fault is null ? Answer : StatusCodes.Status401Unauthorized;
        if (fault is null)
        {
            _dialled.Writer.TryWrite(JsonElement.Parse(Encoding.UTF8.GetString(body)));
        }
    }
}
