using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Hosting;

/// <summary>How much people have stored: what was refused must leave it as it is. What the clock flags meanwhile does not count.</summary>
internal sealed record StoredRows(int Tickets, int Messages, int Notes, int Events, int Ledger, int Contacts)
{
    public static async Task<StoredRows> CountAsync(SupportHost host)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return new(
            await db.Set<Ticket>().CountAsync(), await db.Set<PublicMessage>().CountAsync(), await db.Set<InternalNote>().CountAsync(),
            await db.Set<TicketEvent>().CountAsync(happening => happening.Kind != TicketEventKind.Warned && happening.Kind != TicketEventKind.Breached),
            await db.Set<LedgerEntry>().CountAsync(entry => entry.Kind != LedgerKind.Warned && entry.Kind != LedgerKind.Breached), await db.Set<Contact>().CountAsync());
    }
}
