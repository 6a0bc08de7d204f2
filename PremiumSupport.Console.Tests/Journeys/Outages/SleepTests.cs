using PremiumSupport.Tests.Channels.Chat;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Processes;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys.Outages;

/// <summary>Two laptops are shut: their browsers stand still, and the server hears nothing of them. Opened again, both show what was said meanwhile without a reload.</summary>
[Trait("Category", "Journey")]
public sealed class SleepTests(Browser browser)
{
    // The server gives a silent client up after 30 seconds.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(33);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(12);

    [Fact]
    public Task Both_sides_are_complete_after_sleeping_longer_than_the_server_waits() => RunAsync(Short);

    /// <summary>Longer also than the server remembers a circuit.</summary>
    [Fact(Explicit = true)]
    public async Task Both_sides_are_complete_after_sleeping_for_twelve_minutes()
    {
        await RunAsync(Long);
        Sheet.Note("| Both browsers stopped for 12 minutes | customer's page and workspace complete, each message once, neither page opened again |");
    }

    private async Task RunAsync(TimeSpan duration)
    {
        await using var host = new SupportHost();
        var (left, right) = ($"premium-support-{Guid.NewGuid():N}", $"premium-support-{Guid.NewGuid():N}");
        await using var sides = await TwoSides.MeetAsync(await browser.VisitAloneAsync(host.Address, left), await browser.VisitAloneAsync(host.Address, right), host.Address);
        await using (await SleepingTree.BeginAsync(left))
        await using (await SleepingTree.BeginAsync(right))
        {
            await sides.ColleagueWritesAsync("From a colleague meanwhile");
            await using var phone = await ChatClient.CustomerAsync(host, "sofia@acme.example");
            await phone.SendAsync(sides.Number, "From my phone");
            await Task.Delay(duration, TimeProvider.System, TestContext.Current.CancellationToken);
            await sides.ColleagueWritesAsync("Just before they wake");
        }

        string[] meanwhile = ["Good morning", "Good morning to you", "From a colleague meanwhile", "From my phone", "Just before they wake"];
        await sides.CompleteAsync(meanwhile);
        await sides.SpecialistWritesAsync("Awake again");
        await Expect(sides.Bubble("Awake again")).ToHaveCountAsync(1);
        await sides.CustomerWritesAsync("So am I");
        await sides.CompleteAsync([.. meanwhile, "Awake again", "So am I"]);
    }
}
