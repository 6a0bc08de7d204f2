using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Lines;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys.Outages;

/// <summary>The line between the browsers and the server is gone for a while. Nobody presses reload, and both sides end up complete.</summary>
[Trait("Category", "Journey")]
public sealed class OutageTests(Browser browser)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(12);

    /// <summary>How long the server remembers a circuit without its page: for the whole outage, or not.</summary>
    [Theory]
    [InlineData(180)]
    [InlineData(1)]
    public async Task Both_sides_are_complete_after_an_outage(int rememberedSeconds)
    {
        await using var host = Host(TimeSpan.FromSeconds(rememberedSeconds));
        await using var line = new Line(host.Address);
        await RunAsync(host.Address, line, line.Close, line.Open, Short);
    }

    /// <summary>Twelve minutes in which nothing comes through and nobody is told so; the line then has forgotten its connections.</summary>
    [Fact(Explicit = true)]
    public async Task Both_sides_are_complete_after_twelve_minutes_of_silence()
    {
        await using var support = new SupportProcess(new Dictionary<string, string>());
        await support.StartAsync();
        await using var line = new Line(support.Address);
        await RunAsync(support.Address, line, line.FallSilent, line.Speak, Long);
        Sheet.Note("| Outage of 12 minutes, no byte and no word of it | customer's page and workspace complete, each message once, neither page opened again |");
    }

    private async Task RunAsync(Uri server, Line line, Action end, Action begin, TimeSpan duration)
    {
        await using var sides = await TwoSides.MeetAsync(await browser.VisitAsync(line.Address), await browser.VisitAsync(line.Address), server);
        end();
        await sides.CustomerWritesAsync("First of what waits");
        await sides.CustomerWritesAsync("Second of what waits");
        await sides.ColleagueWritesAsync("From a colleague meanwhile");
        await sides.SpecialistWritesAsync("Written into the void");
        await Expect(sides.Customer.Find("connection-state")).ToHaveAttributeAsync("data-state", "reconnecting", new() { Timeout = 90_000 });
        await Expect(sides.Specialist.Page.Locator("[data-said]")).ToContainTextAsync("Not sent", new() { Timeout = 90_000 });
        await Task.Delay(duration, TimeProvider.System, TestContext.Current.CancellationToken);
        await Expect(sides.Bubble("First of what waits")).ToHaveAttributeAsync("data-seq", "");
        await Expect(sides.Bubble("From a colleague meanwhile")).ToHaveCountAsync(0);

        begin();
        await sides.CompleteAsync("Good morning", "Good morning to you", "From a colleague meanwhile", "First of what waits", "Second of what waits");
        await Expect(sides.Box).ToHaveValueAsync("Written into the void");
        await sides.SpecialistWritesAsync("Here again");
        // A colleague has answered since this was begun: it is shown first, and asked about.
        await sides.Specialist.Page.Locator("[data-newer-send]").ClickAsync();
        await Expect(sides.Bubble("Here again")).ToHaveCountAsync(1);
        await sides.CustomerWritesAsync("So am I");
        await Expect(sides.Bubble("So am I")).Not.ToHaveAttributeAsync("data-seq", "");
        await sides.CompleteAsync("Good morning", "Good morning to you", "From a colleague meanwhile", "First of what waits", "Second of what waits", "Here again", "So am I");
    }

    private static SupportHost Host(TimeSpan remembered) => new(
        new Dictionary<string, string?>(), services => services.PostConfigure<CircuitOptions>(circuits => circuits.DisconnectedCircuitRetentionPeriod = remembered));
}
