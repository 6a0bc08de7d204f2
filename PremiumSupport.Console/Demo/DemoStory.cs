using System.Globalization;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Demo;

/// <summary>
/// The lives of scripted requests: each is a chain of deeds through the real commands and, between them, how long its people take. Whoever plays one waits that long, or puts a clock on.
/// What a deed is refused ends its story: somebody who signed in may have been quicker.
/// </summary>
/// <param name="tickets">The commands, on the clock of whoever plays.</param>
/// <param name="cast">Who plays.</param>
/// <param name="random">Which story, and how long things take; of one story at a time where it must come out the same again.</param>
/// <param name="tempo">How much quicker than at a real desk forms and calls are answered; chats are as quick as chats are.</param>
/// <param name="types">Is told when a customer begins and stops typing.</param>
internal sealed class DemoStory(TicketCommands tickets, DemoCast cast, Random random, double tempo = 1, Action<long, CustomerCaller, bool>? types = null)
{
    private const string DeclineReason = "The import can be undone by yourselves and calls still arrive; the hour stands.";

    /// <summary>One request from its first word to its end, as far as it comes; the results are the pauses in it.</summary>
    public IAsyncEnumerable<TimeSpan> PlayAsync()
    {
        var (asker, colleague) = (Any(cast.Customers), Any(cast.Colleagues));
        return random.Next(20) switch
        {
            < 8 => ChatAsync(Any(DemoTexts.Requests), asker, colleague),
            < 9 => ChatThatGoesOnAsync(Any(DemoTexts.Requests), asker, colleague),
            < 11 => CallAsync(Any(DemoTexts.Requests), asker, colleague),
            < 12 => ClaimAsync(Any(DemoTexts.Critical), asker, colleague),
            < 13 => AskedTwiceAsync(Any(DemoTexts.Requests), asker, colleague),
            _ => FormAsync(Any(DemoTexts.Requests), asker, colleague),
        };
    }

    private async IAsyncEnumerable<TimeSpan> FormAsync(DemoText text, CustomerCaller asker, StaffCaller colleague)
    {
        // Three of ten are left to whoever signed in.
        if (await OpenAsync(Channel.Email, text, asker) is not { } number || Chance(30))
        {
            yield break;
        }

        yield return Desk(120, 1_500);
        if (!await DoneAsync(tickets.ClaimAsync(number, colleague)))
        {
            yield break;
        }

        // One in five comes after the hour.
        yield return Chance(20) ? Desk(3_600, 5_000) : Desk(60, 1_300);
        await tickets.ReplyAsync(number, text.Answer, Id(), isAutomated: false, colleague);
        await foreach (var pause in GoOnAsync(number, text, asker, colleague))
        {
            yield return pause;
        }
    }

    private async IAsyncEnumerable<TimeSpan> ChatAsync(DemoText text, CustomerCaller asker, StaffCaller colleague)
    {
        if (await OpenAsync(Channel.Chat, text, asker) is not { } number || Chance(20))
        {
            yield break;
        }

        yield return Seconds(15, Chance(20) ? 240 : 90);
        if (!await DoneAsync(tickets.ClaimAsync(number, colleague)))
        {
            yield break;
        }

        yield return Seconds(4, 20);
        await tickets.ReplyAsync(number, text.Answer, Id(), isAutomated: false, colleague);
        await foreach (var pause in GoOnAsync(number, text, asker, colleague))
        {
            yield return pause;
        }
    }

    // Nobody answers in the chat, so its customer sends the form: what was promised goes along.
    private async IAsyncEnumerable<TimeSpan> ChatThatGoesOnAsync(DemoText text, CustomerCaller asker, StaffCaller colleague)
    {
        if (await OpenAsync(Channel.Chat, text, asker) is not { } chat)
        {
            yield break;
        }

        yield return Seconds(60, 180);
        if (await OpenAsync(Channel.Email, text, asker) is not { } number || !await DoneAsync(tickets.ContinueAsync(chat, number, asker)))
        {
            yield break;
        }

        yield return Desk(200, 2_400);
        if (await DoneAsync(tickets.ClaimAsync(number, colleague)))
        {
            await tickets.ReplyAsync(number, text.Answer, Id(), isAutomated: false, colleague);
        }
    }

    private async IAsyncEnumerable<TimeSpan> CallAsync(DemoText text, CustomerCaller asker, StaffCaller colleague)
    {
        if (await OpenAsync(Channel.Phone, text, asker) is not { } number)
        {
            yield break;
        }

        if (Chance(10))
        {
            yield return Seconds(30, 120);
            await tickets.CancelCallbackAsync(number, asker);
            yield break;
        }

        yield return Desk(40, Chance(25) ? 700 : 240);
        if (!await DoneAsync(tickets.ClaimAsync(number, colleague)))
        {
            yield break;
        }

        if (Chance(30))
        {
            await tickets.LogCallAsync(number, CallOutcome.NoAnswer, colleague);
            yield return Desk(600, 1_800);
        }

        await tickets.LogCallAsync(number, CallOutcome.Reached, colleague);
        yield return Desk(60, 600);
        await tickets.ChangeStatusAsync(number, TicketStatus.Solved, colleague);
    }

    private async IAsyncEnumerable<TimeSpan> ClaimAsync((DemoText Text, ClaimCriterion Criterion, string Impact) claim, CustomerCaller asker, StaffCaller colleague)
    {
        if (await OpenAsync(Channel.Email, claim.Text, asker, claim.Criterion, claim.Impact) is not { } number)
        {
            yield break;
        }

        yield return Desk(120, 900);
        if (!await DoneAsync(tickets.ClaimAsync(number, colleague)))
        {
            yield break;
        }

        var isConfirmed = !Chance(35);
        await tickets.DecideClaimAsync(number, isConfirmed, isConfirmed ? null : DeclineReason, colleague);
        yield return Chance(20) ? Desk(1_800, 2_700) : Desk(120, 700);
        await tickets.ReplyAsync(number, claim.Text.Answer, Id(), isAutomated: false, colleague);
        await foreach (var pause in GoOnAsync(number, claim.Text, asker, colleague))
        {
            yield return pause;
        }
    }

    // Somebody asks the same again because nobody has answered yet; a colleague makes one of the two.
    private async IAsyncEnumerable<TimeSpan> AskedTwiceAsync(DemoText text, CustomerCaller asker, StaffCaller colleague)
    {
        if (await OpenAsync(Channel.Email, text, asker) is not { } first)
        {
            yield break;
        }

        yield return Desk(600, 1_800);
        if (await OpenAsync(Channel.Email, text, asker) is not { } second)
        {
            yield break;
        }

        yield return Desk(60, 600);
        if (!await DoneAsync(tickets.MergeAsync(first, second, colleague)) || !await DoneAsync(tickets.ClaimAsync(second, colleague)))
        {
            yield break;
        }

        yield return Desk(60, 900);
        await tickets.ReplyAsync(second, text.Answer, Id(), isAutomated: false, colleague);
        await foreach (var pause in GoOnAsync(second, text, asker, colleague))
        {
            yield return pause;
        }
    }

    // After the first answer: the customer writes once more, is answered or not, and the ticket waits, is solved, comes back, is closed.
    private async IAsyncEnumerable<TimeSpan> GoOnAsync(long number, DemoText text, CustomerCaller asker, StaffCaller colleague)
    {
        if (Chance(15))
        {
            await tickets.AddNoteAsync(number, Any(DemoTexts.Notes), Id(), colleague);
        }

        types?.Invoke(number, asker, true);
        yield return Seconds(4, 15);
        types?.Invoke(number, asker, false);
        await tickets.PostAsync(number, text.FollowUp, Id(), asker);
        if (Chance(60))
        {
            yield return Seconds(60, 240);
            await tickets.ReplyAsync(number, "You are welcome. I am closing this; write here if it comes back.", Id(), isAutomated: false, colleague);
        }

        yield return Seconds(60, 240);
        var end = random.Next(10) switch { < 7 => TicketStatus.Solved, < 8 => TicketStatus.Waiting, _ => (TicketStatus?)null };
        if (end is not { } status || !await DoneAsync(tickets.ChangeStatusAsync(number, status, colleague)) || status != TicketStatus.Solved)
        {
            yield break;
        }

        if (Chance(10))
        {
            yield return Desk(600, 3_000);
            await tickets.ReopenAsync(number, asker);
        }
        else if (Chance(30))
        {
            yield return Desk(600, 3_000);
            await tickets.ChangeStatusAsync(number, TicketStatus.Closed, colleague);
        }
    }

    private async Task<long?> OpenAsync(Channel channel, DemoText text, CustomerCaller asker, ClaimCriterion? criterion = null, string? impact = null)
    {
        var opened = await tickets.OpenAsync(
            new()
            {
                Channel = channel,
                Subject = channel == Channel.Chat ? null : text.Subject,
                Body = channel == Channel.Chat ? $"{text.Subject}. {text.Body}" : text.Body,
                IsBusinessCritical = criterion is not null,
                Criterion = criterion,
                Impact = impact,
                PhoneNumber = channel == Channel.Phone ? string.Create(CultureInfo.InvariantCulture, $"+1 617 555 01{random.Next(100):00}") : null,
                ClientMessageId = Id(),
            },
            asker);
        return opened.Value?.Number;
    }

    private static async Task<bool> DoneAsync(Task<Outcome<TicketState>> deed) => (await deed).IsDone;

    private T Any<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];

    private bool Chance(int percent) => random.Next(100) < percent;

    private TimeSpan Seconds(int from, int to) => TimeSpan.FromSeconds(random.Next(from, to));

    private TimeSpan Desk(int from, int to) => Seconds(from, to) / tempo;

    private static string Id() => Guid.CreateVersion7().ToString("N");
}
