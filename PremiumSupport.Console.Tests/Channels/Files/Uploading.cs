using System.Net.Http.Headers;
using System.Text.Json;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Files;

/// <summary>Sends and fetches files the way a page or a program does.</summary>
internal static class Uploading
{
    public const string Customers = "/widget/v1/uploads";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A customer's client.</summary>
    public static async Task<HttpClient> CustomerAsync(this SupportHost host, string email) => host.Api(await host.SessionAsync(email));

    public static async Task<ApiAnswer> PutFileAsync(this HttpClient client, string address, Guid id, string name, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentDisposition = new("attachment") { FileNameStar = name };
        using var response = await client.PutAsync(new Uri($"{address}/{id}", UriKind.Relative), content, Cancel);
        return new(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Cancel), null);
    }

    /// <summary>Uploads and gives the id.</summary>
    public static async Task<Guid> UploadedAsync(this HttpClient client, string name, byte[] bytes, string address = Customers)
    {
        var id = Guid.NewGuid();
        (await client.PutFileAsync(address, id, name, bytes)).Is(System.Net.HttpStatusCode.Created);
        return id;
    }

    /// <summary>Opens a request of the customer with files, and gives it back.</summary>
    public static async Task<JsonElement> AskAsync(this HttpClient customer, string body, params Guid[] attachments) =>
        (await new ApiCaller(customer).PostAsync("/widget/v1/tickets", new { channel = "email", subject = "With files", body, attachments })).Is(System.Net.HttpStatusCode.Created).Json;

    public static Task<HttpResponseMessage> FetchAsync(this HttpClient client, string url) => client.GetAsync(new Uri(url, UriKind.Relative), Cancel);
}
