using Microsoft.EntityFrameworkCore;
using PremiumSupport.Channels.Chat;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Demo;

/// <summary>
/// Scripted customers keep asking and chatting, so that a newcomer sees a queue that lives. A scripted colleague answers most of what they wrote,
/// and only that: what real visitors open is left to whoever signed in.
/// </summary>
internal sealed partial class DemoTraffic(
    IDbContextFactory<SupportDb> factory, TicketCommands tickets, StaffQueries staff, QueueProjection queue, ConversationSignals signals, TimeProvider clock, ILogger<DemoTraffic> log) : BackgroundService
{
    // Enough to look at, few enough to work off.
    private const int MostOpen = 60;

    private static readonly string[] Askers = ["niko@acme.example", "haruka@acme.example", "ingrid@globex.example", "maximiliane@globex.example"];

    private readonly Random _random = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await queue.Loaded.WaitAsync(stoppingToken);
            var member = await staff.FindAsync("second@demo.example", stoppingToken) ?? throw new InvalidOperationException("The demo's staff is missing.");
            var colleague = new StaffCaller(member.Id, member.Name, member.Email);
            while (true)
            {
                await PauseAsync(8, 22, stoppingToken);
                if (queue.Read(QueueView.All, member.Id).Rows.Count < MostOpen)
                {
                    _ = PlayAsync(colleague, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task PlayAsync(StaffCaller colleague, CancellationToken stopping)
    {
        try
        {
            var text = DemoTexts.Requests[_random.Next(DemoTexts.Requests.Count)];
            var asker = await FindAsync(Askers[_random.Next(Askers.Length)], stopping);
            var channel = _random.Next(10) switch { < 5 => Channel.Chat, < 9 => Channel.Email, _ => Channel.Phone };
            var opened = await tickets.OpenAsync(
                new()
                {
                    Channel = channel,
                    Subject = channel == Channel.Chat ? null : text.Subject,
                    Body = channel == Channel.Chat ? $"{text.Subject}. {text.Body}" : text.Body,
                    PhoneNumber = channel == Channel.Phone ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+1 617 555 01{_random.Next(100):00}") : null,
                    ClientMessageId = Id(),
                },
                asker,
                stopping);
            if (opened.Value is not { Number: var number } || _random.Next(10) >= 7)
            {
                return;
            }

            await PauseAsync(15, channel == Channel.Chat ? 90 : 240, stopping);
            if ((await tickets.ClaimAsync(number, colleague, stopping)).Refusal is not null)
            {
                return;
            }

            if (channel == Channel.Phone)
            {
                await tickets.LogCallAsync(number, CallOutcome.Reached, colleague, stopping);
            }
            else
            {
                await PauseAsync(4, 12, stopping);
                await tickets.ReplyAsync(number, text.Answer, Id(), isAutomated: false, colleague, stopping);
                signals.Publish(new(number, "customer", asker.Name, IsTyping: true));
                await PauseAsync(4, 15, stopping);
                signals.Publish(new(number, "customer", asker.Name, IsTyping: false));
                await tickets.PostAsync(number, text.FollowUp, Id(), asker, stopping);
            }

            await PauseAsync(60, 240, stopping);
            await tickets.ChangeStatusAsync(number, TicketStatus.Solved, colleague, cancellation: stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            LogFailed(log, failure);
        }
    }

    private async Task<CustomerCaller> FindAsync(string email, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var contact = await db.Set<Contact>().AsNoTracking().SingleAsync(contact => contact.Email == email, cancellation);
        return new(contact.Id, contact.AccountId, contact.Name, contact.Email);
    }

    private Task PauseAsync(int fromSeconds, int toSeconds, CancellationToken stopping) => Task.Delay(TimeSpan.FromSeconds(_random.Next(fromSeconds, toSeconds)), clock, stopping);

    private static string Id() => Guid.CreateVersion7().ToString("N");

    [LoggerMessage(LogLevel.Error, "A scripted customer stumbled")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
