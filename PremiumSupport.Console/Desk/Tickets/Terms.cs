using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What promises are made on at one moment: the policies and the approved exceptions that are not over. Read inside the transaction that decides.</summary>
/// <param name="Policy">The version that new tickets are promised under.</param>
/// <param name="PolicyOf">The policy of a version.</param>
/// <param name="Exceptions">Approved, not over, whatever they cover.</param>
internal sealed record Terms(SlaPolicy Policy, Func<int, SlaPolicy> PolicyOf, IReadOnlyList<ExceptionWindow> Exceptions)
{
    /// <summary>The terms as they stand in the transaction of the context.</summary>
    public static async Task<Terms> ReadAsync(SupportDb db, Policies policies, DateTimeOffset now) =>
        new(
            await policies.CurrentAsync(db), policies.Version,
            // Not compiled: a preview reads it through a context of another model than the write queue's, and a compiled query knows one.
            [.. (await db.Set<SlaException>().AsNoTracking().Where(exception => exception.State == ExceptionState.Approved && exception.To > now).ToListAsync()).Select(exception => exception.ToWindow())]);
}
