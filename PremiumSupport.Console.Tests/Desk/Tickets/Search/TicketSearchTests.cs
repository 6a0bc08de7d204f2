using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Search;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Desk.Tickets.Search;

[Collection(SharedHost.Name)]
public sealed class SqliteTicketSearchTests(SupportHost host) : TicketSearchTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresTicketSearchTests(PostgresHost host) : TicketSearchTests(host.OrSkip());

/// <summary>What was written is found as soon as it is there, the same on both databases.</summary>
public abstract class TicketSearchTests(SupportHost host)
{
    private static readonly StaffCaller Mara = new(Guid.NewGuid(), "Mara", "specialist@demo.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TicketCommands Commands => host.Services.GetRequiredService<TicketCommands>();

    [Theory]
    [InlineData("zyzzogeton")]
    [InlineData("ZYZZO")]
    [InlineData("zyzzogeton umlaut")]
    [InlineData("ümläut zyzzo")]
    [InlineData("example net zyzzo")]
    public async Task Messages_are_found_by_beginnings_in_any_order_case_and_accent(string text)
    {
        var number = await host.OpenTicketAsync("Message search");
        await ReplyAsync(number, "The Zyzzogeton sits by the Ümläut; write to who@mail.example.net!");
        var found = await FindAsync(new(text));
        Assert.Contains(number, found.Tickets.Select(ticket => ticket.Number));
        Assert.Contains(found.Tickets.First(ticket => ticket.Number == number).Texts[0].Excerpt, part => part is { IsMatch: true, Text: "Zyzzogeton" });
        Assert.Empty((await FindAsync(new(text + " quixotically"))).Tickets);
    }

    [Fact]
    public async Task Notes_are_found_by_staff_and_say_that_they_are_notes()
    {
        var number = await host.OpenTicketAsync("Note search");
        Assert.True((await Commands.AddNoteAsync(number, "They call it a flibbertigibbet", "a-note", Mara, Cancel)).IsDone);
        var text = Assert.Single(Assert.Single((await FindAsync(new("flibbertigibbet"))).Tickets).Texts);
        Assert.True(text.IsNote);
    }

    [Fact]
    public async Task Filters_narrow_and_a_number_or_a_name_finds_its_ticket()
    {
        var (one, two) = (await host.OpenTicketAsync("Borogove in the mail"), await host.OpenTicketAsync("Borogove again", requester: "greta@globex.example"));
        Assert.Equal([two, one], (await FindAsync(new("borogove"))).Tickets.Select(ticket => ticket.Number));
        Assert.Equal([two], (await FindAsync(new("borogove") { Account = "globex" })).Tickets.Select(ticket => ticket.Number));
        Assert.Equal([two], (await FindAsync(new("borogove greta"))).Tickets.Select(ticket => ticket.Number));
        Assert.Empty((await FindAsync(new("borogove") { Status = TicketStatus.Solved })).Tickets);
        Assert.Empty((await FindAsync(new("borogove") { Channel = Channel.Chat })).Tickets);
        Assert.Empty((await FindAsync(new("borogove") { Assignee = Mara.StaffId })).Tickets);
        Assert.Empty((await FindAsync(new("borogove") { To = DateTimeOffset.UnixEpoch })).Tickets);
        Assert.Equal(2, (await FindAsync(new("borogove") { From = DateTimeOffset.UnixEpoch })).Tickets.Count);
        Assert.Equal(one, (await FindAsync(new($"#{one}"))).Tickets[0].Number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\" OR * NEAR( AND")]
    [InlineData("' & | ! :* <-> \\")]
    [InlineData("a\0b \ud800")]
    public async Task Any_text_is_a_safe_one(string text) => Assert.NotNull(await FindAsync(new(text)));

    private Task<SearchFindings> FindAsync(SearchAsk ask) => host.Services.GetRequiredService<TicketSearchQueries>().FindAsync(ask, Mara, Cancel);

    private async Task ReplyAsync(long number, string text) => Assert.True((await Commands.ReplyAsync(number, text, Guid.NewGuid().ToString("N"), isAutomated: true, Mara, Cancel)).IsDone);
}
