using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>A colleague is named in a note, by the keyboard alone, and hears of it.</summary>
[Trait("Category", "Browser")]
public sealed class MentionJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_name_completes_by_keys_is_a_mark_in_the_note_and_reaches_its_colleague()
    {
        var number = await host.OpenTicketAsync("Somebody else knows this");
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await using var tomas = await browser.EnterAsync(host, "second");
        await Expect(mara.Page.Locator("[data-mode-tab='note']")).ToHaveAttributeAsync("data-draft", "false");
        await mara.Page.Keyboard.PressAsync("i");
        var (box, list) = (mara.Find("note-body"), mara.Find("mentions"));
        await mara.Page.Keyboard.TypeAsync("Ask @ol");
        await Expect(list.GetByRole(AriaRole.Option)).ToHaveTextAsync(["Tomás Oliveira"]);
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", await list.GetByRole(AriaRole.Option).First.GetAttributeAsync("id") ?? "");
        await mara.Page.Keyboard.PressAsync("Escape");
        await Expect(list).ToBeHiddenAsync();
        await Expect(box).ToBeFocusedAsync();
        await mara.Page.Keyboard.TypeAsync("i");
        await Expect(list).ToBeVisibleAsync();
        await mara.Page.Keyboard.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("Ask @Tomás Oliveira ");
        await mara.Page.Keyboard.TypeAsync("please");
        await Expect(list).ToBeHiddenAsync();
        await mara.Page.Keyboard.PressAsync("Control+Enter");
        var mark = mara.Page.Locator("[data-kind='internal']").GetByTestId("mention");
        await Expect(mark).ToHaveTextAsync("@Tomás Oliveira");

        var toast = tomas.Page.Locator($"[data-testid='toast'][data-ticket='{number}'][data-event='mention']");
        await Expect(toast).ToContainTextAsync($"named you in a note on #{number}");
        await Expect(toast).ToContainTextAsync("Ask @Tomás Oliveira please");

        // In a reply an @ is an @.
        await mara.Page.Keyboard.PressAsync("Escape");
        await mara.Page.Keyboard.PressAsync("r");
        await mara.Page.Keyboard.TypeAsync("Dear @To");
        await Expect(list).ToBeHiddenAsync();

        // Renamed, he is still meant.
        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await db.Users.Where(user => user.Email == "second@demo.example").ExecuteUpdateAsync(set => set.SetProperty(user => user.DisplayName, "Tomás Oliveira Reis"), TestContext.Current.CancellationToken);
        }

        host.Services.GetRequiredService<ChangeBus>().Publish(new(StaffDirectory.Topic, 0));
        await using var later = await browser.EnterAsync(host, "lead", $"/tickets/{number}");
        await Expect(later.Page.Locator("[data-kind='internal']").GetByTestId("mention")).ToHaveTextAsync("@Tomás Oliveira Reis");
        Assert.Empty(mara.Errors);
    }
}
