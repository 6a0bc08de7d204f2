using System.Net;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Accounts;

public sealed class SqliteAccountCommandsTests(QuietHost host) : AccountCommandsTests(host), IClassFixture<QuietHost>;

public sealed class PostgresAccountCommandsTests(PostgresQuietHost host) : AccountCommandsTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Accounts, what they bought and who they are: what is refused, what it decides from then on, and what stands as it was promised.</summary>
public abstract class AccountCommandsTests(QuietHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AccountCommands Accounts => host.Get<AccountCommands>();

    private AccountPeopleCommands People => host.Get<AccountPeopleCommands>();

    [Fact]
    public async Task An_account_is_entitled_while_subscription_and_purchase_cover_the_day_the_last_included()
    {
        Assert.Equal("umbrella", (await Accounts.SaveAsync(new("Umbrella ", "Umbrella", "Europe/Rome"), isNew: true, StaffFakes.Admin, Cancel)).Value);
        Assert.Contains("already", (await Accounts.SaveAsync(new("umbrella", "Other", ""), isNew: true, StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.Null(await UntilAsync("umbrella", new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero)));

        Assert.True((await Accounts.SaveSubscriptionAsync("umbrella", new(null, "Service Hub", "Enterprise", true, new(2026, 1, 1), new(2026, 12, 31)), StaffFakes.Admin, Cancel)).IsDone);
        Assert.True((await Accounts.SavePurchaseAsync("umbrella", new(null, "premium", new(2026, 3, 1), new(2026, 3, 31)), StaffFakes.Admin, Cancel)).IsDone);
        // The office is in Berlin, which is in summer time by then: the 31st ends at 22:00 UTC.
        var end = new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal(end, await UntilAsync("umbrella", end.AddMilliseconds(-1)));
        Assert.Null(await UntilAsync("umbrella", end));
    }

    [Theory]
    [InlineData("", "Name", "", "needs a key")]
    [InlineData("två ord", "Name", "", "a to z")]
    [InlineData("fine", "", "", "1 to 200")]
    [InlineData("fine", "Name", "Middle/Earth", "no time zone")]
    public async Task A_wrong_account_is_told_in_a_sentence(string key, string name, string zone, string says) =>
        Assert.Contains(says, (await Accounts.SaveAsync(new(key, name, zone), isNew: true, StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task Only_an_admin_may_and_a_span_that_ends_before_it_begins_is_refused()
    {
        Assert.False((await Accounts.SaveAsync(new("lead-made", "Lead", ""), isNew: true, StaffFakes.Lead, Cancel)).IsDone);
        Assert.False((await Accounts.SavePurchaseAsync("acme", new(null, "premium", new(2026, 3, 1), new(2026, 3, 31)), StaffFakes.Lead, Cancel)).IsDone);
        Assert.False((await People.SaveAsync("acme", new(null, "x@acme.example", "X", RequesterRole.SuperAdmin, null), StaffFakes.Specialist, Cancel)).IsDone);
        Assert.Contains("before the first", (await Accounts.SavePurchaseAsync("acme", new(null, "premium", new(2026, 3, 31), new(2026, 3, 1)), StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.Null(await host.Get<AccountQueries>().FindAsync("lead-made", Cancel));
    }

    [Fact]
    public async Task What_was_promised_stands_when_the_purchase_ends_and_nothing_new_is_promised()
    {
        using var greta = await host.Host.CustomerAsync("greta@globex.example");
        var number = (await greta.AskAsync("Before the end")).GetProperty("number").GetInt64();
        var before = await PromiseAsync(number);
        var account = (await host.Get<AccountQueries>().FindAsync("globex", Cancel))!;
        var purchase = account.PremiumPurchases.Single();
        Assert.Contains("has begun", (await Accounts.RemoveAsync("globex", purchase.Id, StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        var yesterday = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(-1);
        Assert.True((await Accounts.SavePurchaseAsync("globex", new(purchase.Id, purchase.Plan, new(2025, 1, 1), yesterday), StaffFakes.Admin, Cancel)).IsDone);

        Assert.Equal(before, await PromiseAsync(number));
        var refused = await host.Get<TicketCommands>().OpenAsync(new() { Channel = Channel.Email, Requester = new("globex", "greta@globex.example", "Greta"), Subject = "After", Body = "After the end", ClientMessageId = "after" }, StaffFakes.Admin, Cancel);
        Assert.Equal("not-entitled", refused.Refusal!.Code);
        var entry = (await host.Get<AuditQueries>().SearchAsync(new(Area: "accounts", Subject: "globex"), cancellation: Cancel)).Entries[0];
        Assert.Equal(("changed Premium Support of", true), (entry.Deed, entry.Changes.Any(change => change.Field == "to" && change.Before != change.After)));
    }

    [Fact]
    public async Task Somebody_who_is_disabled_is_out_at_once_and_the_vendors_token_does_not_bring_them_back()
    {
        using var uwe = await host.Host.CustomerAsync("uwe@acme.example");
        Assert.Equal(HttpStatusCode.OK, (await uwe.FetchAsync("/widget/v1/tickets")).StatusCode);
        var acme = (await host.Get<AccountQueries>().FindAsync("acme", Cancel))!;
        var row = (await host.Get<AccountQueries>().ContactsAsync(acme.Id, "uwe", null, Cancel)).Rows.Single();
        Assert.True((await People.SetDisabledAsync("acme", row.Id, isDisabled: true, StaffFakes.Admin, Cancel)).IsDone);
        Assert.Equal(HttpStatusCode.Unauthorized, (await uwe.FetchAsync("/widget/v1/tickets")).StatusCode);
        Assert.Null(await host.Get<ContactCommands>().VouchAsync(new("acme", "uwe@acme.example", "Uwe", null, null), Cancel));

        Assert.True((await People.SetDisabledAsync("acme", row.Id, isDisabled: false, StaffFakes.Admin, Cancel)).IsDone);
        Assert.NotNull(await host.Get<ContactCommands>().VouchAsync(new("acme", "uwe@acme.example", "Uwe", null, null), Cancel));
    }

    [Fact]
    public async Task The_people_of_a_disabled_account_are_out_at_once_and_what_they_have_open_stays_workable()
    {
        using var greta = await host.Host.CustomerAsync("greta@globex.example");
        var opened = await host.Get<TicketCommands>().OpenAsync(new() { Channel = Channel.Mailbox, Requester = new("globex", "greta@globex.example", "Greta"), Subject = "Open", Body = "Still open", ClientMessageId = "still-open" }, StaffFakes.Admin, Cancel);
        Assert.Equal(HttpStatusCode.OK, (await greta.FetchAsync("/widget/v1/tickets")).StatusCode);
        Assert.Equal(AccountCommands.ForAdmins, (await People.SetAccountDisabledAsync("globex", isDisabled: true, StaffFakes.Lead, Cancel)).Problem);
        Assert.Contains("no such account", (await People.SetAccountDisabledAsync("nobody", isDisabled: true, StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.True((await People.SetAccountDisabledAsync("globex", isDisabled: true, StaffFakes.Admin, Cancel)).IsDone);

        Assert.Equal(HttpStatusCode.Unauthorized, (await greta.FetchAsync("/widget/v1/tickets")).StatusCode);
        Assert.Null(await host.Get<ContactCommands>().VouchAsync(new("globex", "greta@globex.example", "Greta", null, null), Cancel));
        Assert.Null(await host.Get<ContactCommands>().VouchAsync(new("globex", "new@globex.example", "New", null, null), Cancel));
        Assert.True((await host.Get<AccountQueries>().ListAsync("globex", null, Cancel)).Rows.Single().IsDisabled);
        Assert.True((await host.Get<TicketCommands>().ReplyAsync(opened.Value!.Number, "We go on", "go-on", false, StaffFakes.Specialist, Cancel)).IsDone);
        var entry = (await host.Get<AuditQueries>().SearchAsync(new(Area: "accounts", Subject: "globex"), cancellation: Cancel)).Entries[0];
        Assert.Equal("disabled", entry.Deed);

        Assert.True((await People.SetAccountDisabledAsync("globex", isDisabled: false, StaffFakes.Admin, Cancel)).IsDone);
        Assert.NotNull(await host.Get<ContactCommands>().VouchAsync(new("globex", "greta@globex.example", "Greta", null, null), Cancel));
    }

    [Fact]
    public async Task People_are_found_by_page_and_word_and_two_of_one_address_are_refused()
    {
        Assert.True((await Accounts.SaveAsync(new("many", "Many", ""), isNew: true, StaffFakes.Admin, Cancel)).IsDone);
        for (var i = 0; i <= AccountQueries.PageSize; i++)
        {
            Assert.True((await People.SaveAsync("many", new(null, $"p{i:000}@many.example", $"Person {i}", RequesterRole.User, null), StaffFakes.Admin, Cancel)).IsDone);
        }

        var many = (await host.Get<AccountQueries>().FindAsync("many", Cancel))!;
        var first = await host.Get<AccountQueries>().ContactsAsync(many.Id, null, null, Cancel);
        var second = await host.Get<AccountQueries>().ContactsAsync(many.Id, null, first.Next, Cancel);
        Assert.Equal((AccountQueries.PageSize, 1, (string?)null), (first.Rows.Count, second.Rows.Count, second.Next));
        Assert.Equal("Person 7", Assert.Single((await host.Get<AccountQueries>().ContactsAsync(many.Id, "p007", null, Cancel)).Rows).Name);
        Assert.Contains("already", (await People.SaveAsync("many", new(first.Rows[0].Id, "P001@many.example", "Twin", RequesterRole.User, null), StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.Equal(AccountQueries.PageSize + 1, (await host.Get<AccountQueries>().ListAsync("many", null, Cancel)).Rows.Single(row => row.Key == "many").Contacts);
    }

    private async Task<DateTimeOffset?> UntilAsync(string key, DateTimeOffset at) => Entitlement.Until((await host.Get<AccountQueries>().FindAsync(key, Cancel))!.ToFacts(), at);

    private async Task<(DateTimeOffset?, DateTimeOffset?)> PromiseAsync(long number)
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var ticket = await db.Set<Ticket>().AsNoTracking().SingleAsync(ticket => ticket.Number == number, Cancel);
        return (ticket.EntitledUntil, ticket.NextDueAt);
    }
}
