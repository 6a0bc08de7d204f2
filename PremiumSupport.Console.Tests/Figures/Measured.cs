using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Mail;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures;

/// <summary>The product as figures need it: quiet, and with as many tickets as wanted.</summary>
internal static class Measured
{
    /// <summary>The whole product; its log would otherwise be measured too.</summary>
    public static SupportHost Host() => new(new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Error", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Error" });

    /// <summary>The same with static files as a published product sends them; while one develops they are read anew each time and packed without being made smaller.</summary>
    public static SupportHost PublishedPages(Action<IServiceCollection>? services = null) => new(
        new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Error", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Error", ["ReloadStaticAssetsAtRuntime"] = "false" }, services);

    public static HttpClient Client(Uri address, string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Commands of the product whose now is another: tickets can be opened in the past so that they fall due when a figure wants it.</summary>
    public static TicketCommands CommandsAt(SupportHost host, TimeProvider clock) => new(
        host.Services.GetRequiredService<WriteQueue>(), host.Services.GetRequiredService<IDbContextFactory<SupportDb>>(), host.Services.GetRequiredService<Policies>(), host.Services.GetRequiredService<ChangeBus>(),
        host.Services.GetRequiredService<ConversationFeed>(), TicketMails.None, clock);

    public static async Task<CustomerCaller> CustomerAsync(SupportHost host, string email)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        var contact = await db.Set<Contact>().SingleAsync(contact => contact.Email == email);
        return new(contact.Id, contact.AccountId, contact.Name, contact.Email);
    }

    /// <summary>Opens tickets of that customer as fast as the queue commits.</summary>
    public static Task OpenAsync(TicketCommands commands, CustomerCaller customer, int count, Channel channel, bool isBusinessCritical = false) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            var opened = await commands.OpenAsync(
                new()
                {
                    Channel = channel,
                    Subject = $"Nobody can sign in ({i})",
                    Body = "Since nine this morning nobody here can sign in.",
                    IsBusinessCritical = isBusinessCritical,
                    Criterion = isBusinessCritical ? ClaimCriterion.SignIn : null,
                    Impact = isBusinessCritical ? "All of us." : null,
                    ClientMessageId = Guid.CreateVersion7().ToString("N"),
                },
                customer);
            Assert.True(opened.IsDone, opened.Refusal?.Message);
        }));
}
