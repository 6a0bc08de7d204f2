using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Macros;
using PremiumSupport.Desk.Tickets.Mail;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Demo;

/// <summary>Fills an empty database with the demo workspace before the first request is served, and says where to sign in. Runs again without effect.</summary>
internal sealed partial class DemoSeeder(
    DemoOptions options, IServiceScopeFactory scopes, IDbContextFactory<SupportDb> factory, ApiKeyCommands keys, WriteQueue writes, INodeLocks nodes, Policies policies,
    ChangeBus changes, ConversationFeed feed, TicketQueries queries, MacroCommands macros, TimeProvider clock, ILogger<DemoSeeder> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Two nodes that start together make one workspace: the second waits and finds it made.
        await using var alone = await nodes.TakeAsync(DataSetup.FirstStart, cancellationToken);
        var staff = await SeedStaffAsync();
        await SeedAccountsAsync(cancellationToken);
        foreach (var (email, key) in new[] { ("admin@demo.example", options.ApiKey), ("lead@demo.example", options.LeadApiKey) })
        {
            if (key.Length > 0)
            {
                await keys.EnsureAsync(key, staff[email].StaffId, $"Demo key of {email}", Scopes.All, cancellationToken);
            }
        }

        if ((options.Tickets || options.Replay > TimeSpan.Zero) && !await AnyTicketAsync(cancellationToken))
        {
            foreach (var macro in DemoMacros.All)
            {
                await macros.SaveAsync(null, macro, staff["admin@demo.example"], cancellationToken);
            }

            await SeedPastAsync(staff, cancellationToken);
        }

        LogReady(log, options.Password, options.ApiKey);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SeedPastAsync(Dictionary<string, StaffCaller> staff, CancellationToken cancellation)
    {
        var now = ObligationClock.Whole(clock.GetUtcNow());
        var past = new ReplayClock { Now = now };
        var tickets = new TicketCommands(writes, factory, policies, changes, feed, TicketMails.None, past);
        var script = new DemoScript(tickets, queries, past, now);
        if (options.Tickets)
        {
            new DemoHistory(script, tickets, staff).Write();
        }

        if (options.Replay > TimeSpan.Zero)
        {
            var cast = await DemoCast.ReadAsync(factory, [staff["specialist@demo.example"], staff["second@demo.example"]], cancellation);
            new DemoDay(script, new(tickets, cast, new(20261127)), tickets, new(writes, changes, past), staff["lead@demo.example"], staff["admin@demo.example"]).Write(options.Replay);
        }

        await script.PlayAsync(cancellation);
    }

    private async Task<Dictionary<string, StaffCaller>> SeedStaffAsync()
    {
        using var scope = scopes.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>();
        var result = new Dictionary<string, StaffCaller>();
        foreach (var (email, name, role) in DemoPeople.Staff)
        {
            var user = await users.FindByEmailAsync(email);
            if (user is null)
            {
                user = new() { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, DisplayName = name };
                Demand(await users.CreateAsync(user, options.Password));
                Demand(await users.AddToRoleAsync(user, role));
            }

            result[email] = new(user.Id, user.DisplayName, email, role is Roles.TeamLead or Roles.Admin, role == Roles.Admin);
        }

        return result;
    }

    private async Task SeedAccountsAsync(CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        if (await db.Set<Account>().AnyAsync(cancellation))
        {
            return;
        }

        var (from, to) = (clock.GetUtcNow().AddMonths(-3), clock.GetUtcNow().AddMonths(9));
        foreach (var (key, name, zone, isEntitled, hubs) in DemoPeople.Accounts)
        {
            var account = new Account { Id = Guid.CreateVersion7(), Key = key, Name = name, Zone = zone };
            account.Subscriptions.AddRange(hubs.Select(hub => new Subscription
            {
                Id = Guid.CreateVersion7(), Hub = hub, Edition = isEntitled ? "Enterprise" : "Starter", Qualifies = isEntitled, From = from, To = to,
            }));
            if (isEntitled)
            {
                account.PremiumPurchases.Add(new() { Id = Guid.CreateVersion7(), From = from, To = to });
            }

            db.Add(account);
            db.AddRange(DemoPeople.Contacts.Where(contact => contact.Account == key).Select(contact => new Contact
            {
                Id = Guid.CreateVersion7(), AccountId = account.Id, Email = contact.Email, Name = contact.Name, Role = contact.Role, IsVerified = true,
            }));
        }

        await db.SaveChangesAsync(cancellation);
    }

    private async Task<bool> AnyTicketAsync(CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Ticket>().AnyAsync(cancellation);
    }

    private static void Demand(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"Demo staff could not be made: {string.Join(' ', result.Errors.Select(error => error.Description))}");
        }
    }

    [LoggerMessage(LogLevel.Information, """
        The demo workspace is ready.
          Console   /account/login   specialist@demo.example, second@demo.example, lead@demo.example or admin@demo.example, password {Password}
          Customer  /demo            a vendor's page with the help icon, and a switch between customers
          API       /scalar          key {ApiKey}
        """)]
    private static partial void LogReady(ILogger logger, string password, string apiKey);
}
