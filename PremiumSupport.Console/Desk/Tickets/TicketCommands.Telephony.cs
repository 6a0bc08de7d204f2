using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What the telephone system says, and calls that customers make.</summary>
public sealed partial class TicketCommands
{
    /// <summary>
    /// A message of the telephone system. The same message again has no second effect. An incoming call that nobody knows yet waits until somebody says whose it was: a number alone
    /// identifies nobody (trust rule 22).
    /// </summary>
    public async Task<Outcome<CallView>> HearAsync(CallMessage message, CancellationToken cancellation = default)
    {
        long? told = null;
        return await writes.RunAsync<Outcome<CallView>>(
            async db =>
            {
                told = null;
                var heard = await CallBook.HearAsync(db, policies, message, Now());
                if (heard.Ticket is { } ticket)
                {
                    Touch(ticket, Now());
                    told = ticket.Number;
                }

                return heard.Refusal is { } refusal ? refusal : CallView.Of(heard.Call!);
            },
            _ =>
            {
                if (told is { } number)
                {
                    Tell(number);
                }

                changes.Publish(new(CallTopic, 0));
            },
            cancellation);
    }

    /// <summary>The topic under which the change bus speaks of calls that belong to no ticket yet.</summary>
    public const string CallTopic = "call";

    /// <summary>
    /// The customer rang us. The call is logged on one of the account's tickets, or on a new one of that contact, which owes no call back because they were just spoken to.
    /// </summary>
    public async Task<Outcome<TicketOpened>> LogIncomingAsync(IncomingCall input, StaffCaller caller, CancellationToken cancellation = default)
    {
        var notes = MessageText.Tidy(input.Notes);
        if (CheckNotes(notes, input.Duration) is { } invalid)
        {
            return invalid;
        }

        if (input.TicketNumber is { } known)
        {
            var logged = await LogCallAsync(known, input.ToLog(notes), caller, cancellation);
            changes.Publish(new(CallTopic, 0));
            return logged.Refusal is { } refusal ? refusal : new TicketOpened(known, 0, Now());
        }

        var opened = await OpenAsync(
            new()
            {
                Channel = Channel.Phone, Requester = input.Requester, Subject = input.Subject, Body = input.Subject, PhoneNumber = input.Number,
                IncomingCall = input.ToLog(notes), ClientMessageId = $"call-{input.CallId:N}",
            },
            caller, cancellation);
        changes.Publish(new(CallTopic, 0));
        return opened;
    }

    /// <summary>The call that a new ticket began with.</summary>
    private async Task<Outcome<TicketIntake.Result>> LogFirstCallAsync(SupportDb db, TicketIntake.Result made, CallLog call, StaffCaller caller, Terms terms, DateTimeOffset now)
    {
        var ticket = (await TicketStore.LoadAsync(db, made.Opened.Number, caller))!;
        if (await CallBook.LogAsync(db, mails, ticket, terms, call, call.Notes ?? "", caller, now) is { } refusal)
        {
            return refusal;
        }

        Touch(ticket, now);
        return made with { Opened = made.Opened with { View = null } };
    }
}
