using Microsoft.EntityFrameworkCore;
using PremiumSupport.Channels.Chat;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

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

    // Somebody watches: a form is answered within minutes, not within the hour.
    private const double Tempo = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await queue.Loaded.WaitAsync(stoppingToken);
            var member = await staff.FindAsync("second@demo.example", stoppingToken) ?? throw new InvalidOperationException("The demo's staff is missing.");
            var colleague = new StaffCaller(member.Id, member.Name, member.Email);
            var cast = await DemoCast.ReadAsync(factory, [colleague], stoppingToken);
            var story = new DemoStory(tickets, cast, Random.Shared, Tempo, (number, who, isTyping) => signals.Publish(new(number, "customer", who.Name, isTyping)));
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(Random.Shared.Next(8, 22)), clock, stoppingToken);
                if (queue.Read(QueueView.All, member.Id).Rows.Count < MostOpen)
                {
                    _ = PlayAsync(story, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task PlayAsync(DemoStory story, CancellationToken stopping)
    {
        try
        {
            await foreach (var pause in story.PlayAsync())
            {
                await Task.Delay(pause, clock, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            LogFailed(log, failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "A scripted customer stumbled")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
