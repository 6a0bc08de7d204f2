using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PremiumSupport.Channels.Chat;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Screens.Workspace;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>Reply and note are two texts that cannot be mistaken for each other, and neither is bound to the server.</summary>
public sealed class ComposerTests : BunitContext
{
    public ComposerTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("/console/composer.js").Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(new ConversationSignals());
        Services.AddSingleton(new ChangeBus(NullLogger<ChangeBus>.Instance));
    }

    [Fact]
    public void Both_texts_are_there_and_none_of_them_talks_while_it_is_written()
    {
        var composer = Show();
        foreach (var id in new[] { "reply-body", "note-body" })
        {
            var area = composer.Find($"textarea[data-testid={id}]");
            Assert.DoesNotContain(area.Attributes, attribute => attribute.Name.StartsWith("blazor:on", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_note_says_that_it_is_one()
    {
        var composer = Show();
        Assert.Contains("Add note", composer.Find("[data-testid=note-send]").TextContent, StringComparison.Ordinal);
        Assert.Contains("only staff see this", composer.Markup, StringComparison.Ordinal);
        Assert.Equal("Internal note", composer.Find("[data-testid=note-body]").GetAttribute("aria-label"));
    }

    [Fact]
    public void The_reply_says_to_whom() => Assert.Contains("sofia@acme.example", Show().Markup, StringComparison.Ordinal);

    private IRenderedComponent<Composer> Show()
    {
        var ticket = new TicketView(
            1198, "A subject", Channel.Email, TicketStatus.New, Severity.Standard, ClaimState.None, null, null, null,
            new(Guid.NewGuid(), "acme", "Acme", "Europe/Berlin", [], null), new(Guid.NewGuid(), "sofia@acme.example", "Sofia Marchetti", RequesterRole.SuperAdmin, "Europe/Berlin", null, true), null,
            [], null, null, Now, Now, null, [], null, 1, 1);
        return Render<Composer>(view => view.AddCascadingValue(new StaffCaller(Guid.NewGuid(), "Mara Lindqvist", "specialist@demo.example")).Add(v => v.Ticket, ticket));
    }
}
