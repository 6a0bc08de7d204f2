using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Macros;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Tickets.Macros;

[Collection(SharedHost.Name)]
public sealed class SqliteMacroCommandsTests(SupportHost host) : MacroCommandsTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresMacroCommandsTests(PostgresHost host) : MacroCommandsTests(host.OrSkip());

/// <summary>Macros are kept by admins, by name, and a wrong one is not kept at all.</summary>
public abstract class MacroCommandsTests(SupportHost host)
{
    private static readonly StaffCaller Admin = new(Guid.NewGuid(), "Elif", "admin@demo.example", IsLead: true, IsAdmin: true);
    private static readonly StaffCaller Lead = new(Guid.NewGuid(), "Lena", "lead@demo.example", IsLead: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MacroCommands Commands => host.Services.GetRequiredService<MacroCommands>();

    [Fact]
    public async Task A_macro_is_made_changed_and_taken_away()
    {
        var id = (await SaveAsync(null, "Greeting of a wombat", "Hello {{requester.first_name}}")).Value;
        Assert.Equal(id, (await SaveAsync(id, "Greeting of a wombat", "Good day", TicketStatus.Waiting, "Greeted")).Value);
        var macro = (await host.Services.GetRequiredService<MacroQueries>().FindAsync(id, Lead, Cancel))!;
        Assert.Equal(("Good day", TicketStatus.Waiting, "greeted", "Elif"), (macro.Text, macro.Status, macro.Tags.Single(), macro.ChangedBy));
        Assert.Equal(["name"], (await SaveAsync(null, "Greeting of a wombat", "Again")).Refusal!.Errors.Keys);
        Assert.True((await Commands.RemoveAsync(id, Admin, Cancel)).IsDone);
        Assert.True((await Commands.RemoveAsync(id, Admin, Cancel)).IsDone);
        Assert.Equal("not-found", (await SaveAsync(id, "Greeting of a wombat", "Late")).Refusal!.Code);
    }

    [Fact]
    public async Task What_is_wrong_is_said_by_field_and_others_than_admins_change_nothing()
    {
        Assert.Equal(["name", "text"], (await SaveAsync(null, "", "{{nobody}}")).Refusal!.Errors.Keys.Order());
        Assert.Equal(["text"], (await SaveAsync(null, "Does nothing", " ")).Refusal!.Errors.Keys);
        Assert.Equal(["status"], (await SaveAsync(null, "Closes", "x", TicketStatus.Closed)).Refusal!.Errors.Keys);
        Assert.Equal("forbidden", (await Commands.SaveAsync(null, new("Mine", "x", null, [], false), Lead, Cancel)).Refusal!.Code);
        Assert.Equal("forbidden", (await Commands.RemoveAsync(1, Lead, Cancel)).Refusal!.Code);
    }

    private Task<Outcome<long>> SaveAsync(long? id, string name, string text, TicketStatus? status = null, params string[] tags) => Commands.SaveAsync(id, new(name, text, status, tags, false), Admin, Cancel);
}
