using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace PremiumSupport.Tests.Circuits;

/// <summary>
/// A page of a Blazor server without a browser: it reads the document, opens the circuit that the document asks for, takes each batch and says that it was rendered, and answers each call into the browser
/// with nothing. What a browser would make of the batches it does not make; their texts can be read.
/// </summary>
internal sealed partial class CircuitPage : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly TaskCompletionSource _alive = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri _address;
    private readonly CookieContainer _cookies;
    private string _circuit = "";
    private int _objects;

    private CircuitPage(Uri address, CookieContainer cookies, Action<CircuitPage, byte[]>? onBatch)
    {
        (_address, _cookies) = (address, cookies);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(address, "/_blazor"), HttpTransportType.WebSockets, http =>
        {
            http.SkipNegotiation = true;
            http.Cookies = cookies;
            http.Headers["Origin"] = address.GetLeftPart(UriPartial.Authority);
        });
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        _connection = builder.Build();
        _connection.ServerTimeout = TimeSpan.FromMinutes(2);
        _connection.On<long, byte[]>("JS.RenderBatch", (id, batch) =>
        {
            Batches++;
            Bytes += batch.Length;
            onBatch?.Invoke(this, batch);
            return _connection.SendAsync("OnRenderCompleted", id, (string?)null);
        });
        _connection.On<long, string, string?, int, long, int>("JS.BeginInvokeJS", (call, what, _, result, _, _) => AnswerAsync(call, what, result));
        _connection.On<string>("JS.Error", error =>
        {
            Error = error;
            _alive.TrySetException(new InvalidOperationException(error));
        });
        _connection.On<long>("JS.EndUpdateRootComponents", _ => _alive.TrySetResult());
    }

    /// <summary>What the circuit said when it failed; null while it lives.</summary>
    public string? Error { get; private set; }

    /// <summary>How many batches came, and how many bytes they had.</summary>
    public int Batches { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The document as it came; kept only where asked for.</summary>
    public string Html { get; private set; } = "";

    /// <summary>Opens a page and returns when its circuit has rendered it.</summary>
    public static Task<CircuitPage> OpenAsync(StaffSession session, string path, Action<CircuitPage, byte[]>? onBatch = null, bool keepsHtml = false) =>
        OpenAsync(session.Http, session.Cookies, session.Address, path, onBatch, keepsHtml);

    /// <summary>The same of any Blazor server.</summary>
    public static async Task<CircuitPage> OpenAsync(HttpClient http, CookieContainer cookies, Uri address, string path, Action<CircuitPage, byte[]>? onBatch = null, bool keepsHtml = false) =>
        await BringToLifeAsync(await http.GetStringAsync(path), cookies, address, path, onBatch, keepsHtml);

    /// <summary>Opens the circuit that a document asks for which was read before.</summary>
    public static async Task<CircuitPage> BringToLifeAsync(string html, CookieContainer cookies, Uri address, string path, Action<CircuitPage, byte[]>? onBatch = null, bool keepsHtml = false)
    {
        var markers = Markers().Matches(html).Select(match => match.Groups[1].Value).ToArray();
        if (markers.Length == 0)
        {
            throw new InvalidOperationException($"{path} asks for no circuit.");
        }

        var page = new CircuitPage(address, cookies, onBatch) { Html = keepsHtml ? html : "" };
        try
        {
            var state = State().Match(html).Groups[1].Value;
            await page._connection.StartAsync();
            page._circuit = await page._connection.InvokeAsync<string?>("StartCircuit", address.ToString(), new Uri(address, path).ToString(), "[]", state)
                ?? throw new InvalidOperationException($"The server gave no circuit for {path}. {page.Error}");
            var operations = string.Join(',', markers.Select((marker, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{marker}}}"""));
            await page._connection.SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{operations}}]}""", state);
            await page._alive.Task.WaitAsync(TimeSpan.FromMinutes(1));
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the page as a browser closes a tab: the server is told, and forgets the circuit at once.</summary>
    public async Task CloseAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = _address };
        using var form = new FormUrlEncodedContent([new("circuitId", _circuit)]);
        using var answer = await http.PostAsync("/_blazor/disconnect", form);
        answer.EnsureSuccessStatusCode();
        await DisposeAsync();
    }

    /// <summary>The line breaks; the server keeps the circuit for a while.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>All texts of a batch, one a line.</summary>
    public static string TextOf(byte[] batch)
    {
        var text = new StringBuilder();
        RenderStrings.Each(batch, utf8 => text.AppendLine(Encoding.UTF8.GetString(utf8)));
        return text.ToString();
    }

    // 1: a reference to an object of the browser's is wanted.
    private Task AnswerAsync(long call, string what, int result)
    {
        if (call == 0)
        {
            return Task.CompletedTask;
        }

        object? value = result == 1 ? new Dictionary<string, int> { ["__jsObjectId"] = Interlocked.Increment(ref _objects) }
            : what == "psLook.zone" ? "Europe/Berlin" : null;
        return _connection.SendAsync("EndInvokeJSFromDotNet", call, true, JsonSerializer.Serialize(new object?[] { call, true, value }));
    }

    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
