using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Exceptions;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Demo;

/// <summary>
/// The traffic of the hours before the end of a script at speed (<c>Demo:Replay</c>): the stories of <see cref="DemoTraffic"/> with the pauses jumped over, more of them by day than by night, and
/// each day an incident for which somebody declares an exception and somebody else approves it. The same at every start but for the hour at which it is played.
/// </summary>
internal sealed class DemoDay(DemoScript script, DemoStory story, TicketCommands tickets, ExceptionCommands exceptions, StaffCaller lead, StaffCaller admin)
{
    private readonly Random _random = new(20261128);

    /// <summary>Writes so much time into the script.</summary>
    public void Write(TimeSpan length)
    {
        var from = script.End - length;
        for (var at = from; at < script.End; at += Gap(at))
        {
            var arrival = at;
            script.At(arrival, () => StepAsync(story.PlayAsync().GetAsyncEnumerator()));
        }

        for (var at = from + (length / 2); at < script.End; at += TimeSpan.FromDays(1))
        {
            script.At(at, DeclareAsync);
        }
    }

    // From seven to seventeen by UTC, when the vendor's customers are awake, three minutes on average; else a quarter of an hour.
    private TimeSpan Gap(DateTimeOffset at) => TimeSpan.FromSeconds(at.Hour is >= 7 and < 17 ? _random.Next(20, 340) : _random.Next(300, 1_500));

    private async Task StepAsync(IAsyncEnumerator<TimeSpan> life)
    {
        if (await life.MoveNextAsync())
        {
            script.At(script.Now + life.Current, () => StepAsync(life));
        }
        else
        {
            await life.DisposeAsync();
        }
    }

    private async Task DeclareAsync()
    {
        var draft = new ExceptionDraft(
            null, script.Now.AddMinutes(100), ExceptionScope.Everything, null, ExceptionReason.Incident, "A provider's outage slows down everything; we answer as soon as we can.");
        var declared = await exceptions.DeclareAsync(draft, startsAtOnce: true, lead);
        if (declared.Value is not { } view)
        {
            throw new InvalidOperationException($"The demo's exception was refused: {declared.Refusal!.Message}");
        }

        script.At(script.Now.AddMinutes(4), () => tickets.ApproveExceptionAsync(view.Id, admin));
    }
}
