using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys.Outages;

/// <summary>A customer on the chat page and a specialist in the workspace, in one conversation, and a colleague who reaches the server whatever becomes of the two.</summary>
internal sealed class TwoSides : IAsyncDisposable
{
    private const float Patience = 90_000;
    private const string Stayed = "premiumSupportStayed";

    private readonly HttpClient _colleague;

    private TwoSides(Visitor customer, Visitor specialist, Uri server)
    {
        (Customer, Specialist, _colleague) = (customer, specialist, Http.Client(server));
        _colleague.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SupportHost.LeadApiKey);
    }

    public Visitor Customer { get; }

    public Visitor Specialist { get; }

    /// <summary>The conversation.</summary>
    public long Number { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Lets them meet and say a word each.</summary>
    /// <param name="server">Where the colleague reaches it.</param>
    public static async Task<TwoSides> MeetAsync(Visitor customer, Visitor specialist, Uri server)
    {
        var sides = new TwoSides(customer, specialist, server);
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync("/chat?lang=en");
        await sides.CustomerWritesAsync("Good morning");
        await Expect(sides.Bubble("Good morning")).ToHaveAttributeAsync("data-seq", "1");
        await specialist.SignInAsync("specialist@demo.example");
        sides.Number = long.Parse((await specialist.Find("queue-row").First.GetAttributeAsync("data-ticket"))!, CultureInfo.InvariantCulture);
        await specialist.OpenAsync($"/tickets/{sides.Number}");
        await sides.SpecialistWritesAsync("Good morning to you");
        await Expect(sides.Bubble("Good morning to you")).ToHaveAttributeAsync("data-seq", "2");
        foreach (var side in new[] { customer, specialist })
        {
            await side.Page.EvaluateAsync($"() => {{ window.{Stayed} = true; }}");
        }

        return sides;
    }

    /// <summary>A message on the customer's page.</summary>
    public ILocator Bubble(string text) => Customer.Find("chat-message").Filter(new() { HasText = text });

    /// <summary>The box in which the specialist writes.</summary>
    public ILocator Box => Specialist.Find("reply-body");

    public async Task CustomerWritesAsync(string text)
    {
        await Customer.Find("chat-input").FillAsync(text);
        await Customer.Find("chat-send").ClickAsync();
    }

    public async Task SpecialistWritesAsync(string text)
    {
        await Box.FillAsync(text);
        await Specialist.Find("reply-send").ClickAsync();
    }

    public async Task ColleagueWritesAsync(string text)
    {
        using var answer = await _colleague.PostAsJsonAsync($"/api/v1/tickets/{Number}/messages", new { body = text, visibility = "public", clientMessageId = text }, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Both pages come to show exactly what is stored, in its order, and are still the pages that were opened at first.</summary>
    /// <param name="texts">What must be stored, in that order.</param>
    public async Task CompleteAsync(params string[] texts)
    {
        await Expect(Bubble(texts[^1])).Not.ToHaveAttributeAsync("data-seq", "", new() { Timeout = Patience });
        await Expect(Customer.Find("chat-message").Locator(".bubble-text")).ToHaveTextAsync(texts, new() { Timeout = Patience });
        await Expect(Specialist.Page.Locator("[data-testid='timeline-item'][data-kind='public'] .words")).ToHaveTextAsync(texts, new() { Timeout = Patience });
        var stored = await _colleague.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{Number}/messages?afterSequence=0", Cancel);
        Assert.Equal(texts, stored.GetProperty("items").EnumerateArray().Select(message => message.GetProperty("body").GetString()));
        await Expect(Customer.Find("connection-state")).ToHaveAttributeAsync("data-state", "connected");
        foreach (var side in new[] { Customer, Specialist })
        {
            Assert.True(await side.Page.EvaluateAsync<bool>($"() => window.{Stayed} === true"), $"{side.Page.Url} was opened again");
            Assert.Empty(side.Errors);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Customer.DisposeAsync();
        await Specialist.DisposeAsync();
        _colleague.Dispose();
    }
}
