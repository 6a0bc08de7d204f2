using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// A query that EF compiles once and for all. EF's own compiled queries belong to the first database that runs them in a process; this one may be asked of each.
/// </summary>
/// <typeparam name="TQuery">What <see cref="EF.CompileAsyncQuery"/> makes.</typeparam>
public sealed class CompiledQuery<TQuery>(Func<TQuery> compile)
    where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> _byModel = [];

    /// <summary>The query for that context's database.</summary>
    public TQuery On(SupportDb db) => _byModel.GetValue(db.Model, _ => compile());
}
