using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verbs about mails to a requester.</summary>
public sealed partial class TicketCommands
{
    /// <summary>The requester wants their conversation by mail. Refused where no mail is sent; the ticket itself stays as it is.</summary>
    public Task<Outcome<bool>> MailTranscriptAsync(long number, CustomerCaller caller, CancellationToken cancellation = default) => writes.RunAsync<Outcome<bool>>(
        async db =>
            await TicketStore.LoadAsync(db, number, caller) is null ? Refusal.TicketNotFound
            : await mails.TranscriptAsync(db, number, Now()) ? true
            : Refusal.Conflict("no-mail", "No mail is sent from here. Download the conversation instead."),
        outcome =>
        {
            if (outcome.IsDone)
            {
                changes.Publish(new(OutboxCommands.Topic, 0));
            }
        },
        cancellation);
}
