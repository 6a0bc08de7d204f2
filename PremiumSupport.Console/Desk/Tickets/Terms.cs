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
    private static readonly CompiledQuery<Func<SupportDb, DateTimeOffset, IAsyncEnumerable<SlaException>>> InForce = new(() => EF.CompileAsyncQuery((SupportDb db, DateTimeOffset now) =>
        db.Set<SlaException>().AsNoTracking().Where(exception => exception.State == ExceptionState.Approved && exception.To > now)));

    /// <summary>The terms as they stand in the transaction of the context.</summary>
    public static async Task<Terms> ReadAsync(SupportDb db, Policies policies, DateTimeOffset now) =>
        new(await policies.CurrentAsync(db), policies.Version, [.. await InForce.On(db)(db, now).Select(exception => exception.ToWindow()).ToListAsync()]);
}
