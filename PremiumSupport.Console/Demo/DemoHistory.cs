using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Demo;

/// <summary>
/// Makes the demo's past: some dozens of tickets in every state. The same at every start but for the hour at which it is played.
/// </summary>
internal sealed class DemoHistory(DemoScript script, TicketCommands tickets, IReadOnlyDictionary<string, StaffCaller> staff)
{
    private readonly Random _random = new(20261122);
    private int _calls;

    /// <summary>Writes it into the script.</summary>
    public void Write()
    {
        var (requests, now) = (DemoTexts.Requests, script.End);

        // Days gone by: answered and solved, most in time.
        for (var index = 0; index < 22; index++)
        {
            var at = now.AddHours(-2 - (index * 1.9)).AddSeconds(_random.Next(3600));
            Answered(requests[index % requests.Count], index, at, answerAfter: Minutes(index % 9 == 4 ? 84 : 6 + _random.Next(40)), solve: index % 3 != 0, close: index % 6 == 1);
        }

        // This hour, by the form: on track, at risk, just missed.
        Ask(requests[0], "greta@globex.example", Channel.Email, now.AddMinutes(-66));
        Ask(requests[2], "haruka@acme.example", Channel.Email, now.AddMinutes(-51), assignee: "specialist@demo.example");
        Ask(requests[4], "maximiliane@globex.example", Channel.Email, now.AddMinutes(-29));
        Ask(requests[5], "greta@globex.example", Channel.Email, now.AddMinutes(-22), assignee: "second@demo.example");
        Ask(requests[6], "sofia@acme.example", Channel.Email, now.AddMinutes(-14));
        Ask(requests[3], "haruka@acme.example", Channel.Email, now.AddMinutes(-4));

        // Ordinary users: business days.
        Ask(requests[7], "uwe@acme.example", Channel.Email, now.AddHours(-5));
        Ask(requests[8], "ingrid@globex.example", Channel.Email, now.AddHours(-20), assignee: "second@demo.example");
        Ask(requests[14], "niko@acme.example", Channel.Email, now.AddHours(-1));

        // Claims: pending, confirmed, declined.
        Claim(0, "sofia@acme.example", now.AddMinutes(-24), decision: null);
        Claim(1, "greta@globex.example", now.AddMinutes(-12), decision: true);
        Claim(2, "maximiliane@globex.example", now.AddHours(-3), decision: true, answerAfter: Minutes(17));
        Claim(3, "haruka@acme.example", now.AddMinutes(-40), decision: false);

        // Phone and chat.
        Ask(requests[11], "haruka@acme.example", Channel.Phone, now.AddMinutes(-2));
        Call(requests[16], "niko@acme.example", now.AddMinutes(-95), after: Minutes(3));
        Ask(requests[1], "niko@acme.example", Channel.Chat, now.AddMinutes(-3));
        Chat(requests[12], "uwe@acme.example", now.AddMinutes(-38), answerAfter: TimeSpan.FromSeconds(41));
        Chat(requests[17], "ingrid@globex.example", now.AddMinutes(-17), answerAfter: TimeSpan.FromSeconds(75));
        Ask(requests[15], "ingrid@globex.example", Channel.Chat, now.AddSeconds(-20));
    }

    private void Answered(DemoText text, int index, DateTimeOffset at, TimeSpan answerAfter, bool solve, bool close)
    {
        string[] askers = ["greta@globex.example", "haruka@acme.example", "sofia@acme.example", "uwe@acme.example", "ingrid@globex.example"];
        var specialist = staff[index % 2 == 0 ? "specialist@demo.example" : "second@demo.example"];
        var asker = askers[index % askers.Length];
        At(at, async () =>
        {
            var number = await OpenAsync(text, asker, Channel.Email);
            At(at + (answerAfter / 2), () => tickets.ClaimAsync(number, specialist));
            At(at + answerAfter, () => tickets.ReplyAsync(number, text.Answer, Id(), isAutomated: false, specialist));
            if (index % 5 == 2)
            {
                At(at + (answerAfter * 1.2), () => tickets.AddNoteAsync(number, DemoTexts.Notes[index % DemoTexts.Notes.Count], Id(), specialist));
            }

            if (solve)
            {
                At(at + (answerAfter * 1.5), () => tickets.ChangeStatusAsync(number, TicketStatus.Solved, specialist));
            }
            else
            {
                At(at + (answerAfter * 1.3), () => tickets.ChangeStatusAsync(number, TicketStatus.Waiting, specialist));
            }

            if (solve && close)
            {
                At(at + (answerAfter * 1.6), () => tickets.ChangeStatusAsync(number, TicketStatus.Closed, specialist));
            }
        });
    }

    private void Ask(DemoText text, string asker, Channel channel, DateTimeOffset at, string? assignee = null) => At(at, async () =>
    {
        var number = await OpenAsync(text, asker, channel);
        if (assignee is not null)
        {
            At(at.AddMinutes(2), () => tickets.ClaimAsync(number, staff[assignee]));
        }
    });

    private void Claim(int index, string asker, DateTimeOffset at, bool? decision, TimeSpan? answerAfter = null) => At(at, async () =>
    {
        var (text, criterion, impact) = DemoTexts.Critical[index];
        var number = await OpenAsync(text, asker, Channel.Email, criterion, impact);
        var specialist = staff["second@demo.example"];
        if (decision is { } isConfirmed)
        {
            At(at.AddMinutes(4), () => tickets.ClaimAsync(number, specialist));
            At(at.AddMinutes(5), () => tickets.DecideClaimAsync(number, isConfirmed, isConfirmed ? null : "The import can be undone by yourselves and calls still arrive; the hour stands.", specialist));
        }

        if (answerAfter is { } after)
        {
            At(at + after, () => tickets.ReplyAsync(number, text.Answer, Id(), isAutomated: false, specialist));
        }
    });

    private void Call(DemoText text, string asker, DateTimeOffset at, TimeSpan after) => At(at, async () =>
    {
        var number = await OpenAsync(text, asker, Channel.Phone);
        var specialist = staff["specialist@demo.example"];
        At(at + (after / 2), () => tickets.ClaimAsync(number, specialist));
        At(at + after, () => tickets.LogCallAsync(number, CallOutcome.Reached, specialist));
    });

    private void Chat(DemoText text, string asker, DateTimeOffset at, TimeSpan answerAfter) => At(at, async () =>
    {
        var number = await OpenAsync(text, asker, Channel.Chat);
        var specialist = staff["specialist@demo.example"];
        At(at + (answerAfter / 2), () => tickets.ClaimAsync(number, specialist));
        At(at + answerAfter, () => tickets.ReplyAsync(number, text.Answer, Id(), isAutomated: false, specialist));
    });

    private async Task<long> OpenAsync(DemoText text, string asker, Channel channel, ClaimCriterion? criterion = null, string? impact = null)
    {
        var person = DemoPeople.Contacts.Single(contact => contact.Email == asker);
        var opened = await tickets.OpenAsync(
            new()
            {
                Channel = channel,
                Requester = new(person.Account, person.Email, person.Name),
                Subject = text.Subject,
                Body = text.Body,
                IsBusinessCritical = criterion is not null,
                Criterion = criterion,
                Impact = impact,
                // A number of its own each time: one number has one open callback.
                PhoneNumber = channel == Channel.Phone ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+1 617 555 01{_calls++ % 100:00}") : null,
                ClientMessageId = Id(),
            },
            Caller.System);
        return opened.Value?.Number ?? throw new InvalidOperationException($"The demo's history was refused: {opened.Refusal!.Message}");
    }

    private void At(DateTimeOffset at, Func<Task> act) => script.At(at, act);

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    private static string Id() => Guid.CreateVersion7().ToString("N");
}
