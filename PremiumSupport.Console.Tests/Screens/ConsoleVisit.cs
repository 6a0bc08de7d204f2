using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Screens;

/// <summary>What journeys through the console have in common.</summary>
internal static class ConsoleVisit
{
    /// <summary>Signs somebody in and waits until clicks reach the server.</summary>
    public static async Task<Visitor> EnterAsync(this Browser browser, SupportHost host, string who, string path = "/queue", ViewportSize? viewport = null)
    {
        var visitor = await browser.VisitAsync(host.Address, viewport: viewport);
        await visitor.SignInAsync($"{who}@demo.example", path);
        await visitor.AliveAsync();
        return visitor;
    }

    /// <summary>Opens a page of the console and waits until it is alive.</summary>
    public static async Task GoAsync(this Visitor visitor, string path)
    {
        await visitor.Page.GotoAsync(path);
        await visitor.AliveAsync();
    }

    /// <summary>The row of a ticket in the queue.</summary>
    public static ILocator Row(this Visitor visitor, long number) => visitor.Page.Locator($"[data-testid='queue-row'][data-ticket='{number}']");

    /// <summary>Opens a ticket by the API and returns its number.</summary>
    public static async Task<long> OpenTicketAsync(this SupportHost host, string subject, bool isCritical = false, string requester = "sofia@acme.example")
    {
        using var api = host.Api();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tickets")
        {
            Content = JsonContent.Create(new
            {
                channel = "email", requester = new { email = requester }, account = requester.Split('@')[1].Split('.')[0], subject, body = "Please help us with this.",
                businessCritical = isCritical, criterion = isCritical ? "signIn" : null, impact = isCritical ? "All of us are locked out since nine." : null,
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await api.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetInt64();
    }

    private static async Task AliveAsync(this Visitor visitor) =>
        await visitor.Page.WaitForSelectorAsync("[data-interactive='true']", new() { State = WaitForSelectorState.Attached });
}
