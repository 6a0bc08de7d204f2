using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Screens.Queue;

/// <summary>
/// Rows of the queue as markup, drawn once for all circuits of the node and kept as long as the row is: a thousand open queues hold the same texts instead of ten components for each of their rows.
/// Drawn by the components themselves, so what a customer wrote is escaped by the framework.
/// </summary>
public sealed class QueueMarkup(TimeProvider clock, ILoggerFactory logs) : IDisposable
{
    private readonly ConditionalWeakTable<QueueRow, RowCells> _cells = [];

    // Nothing but the clock: what the cells show is in their row.
    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(clock).BuildServiceProvider();

    /// <summary>The markup of a row.</summary>
    public RowCells Of(QueueRow row) => _cells.GetValue(row, one => new(one, Draw));

    /// <inheritdoc />
    public void Dispose() => _services.Dispose();

    private MarkupString Draw(Dictionary<string, object?> cell)
    {
        using var renderer = new HtmlRenderer(_services, logs);
        // A renderer of its own that nobody else waits for: it runs here and now, and so do components that await nothing.
        return new(renderer.Dispatcher.InvokeAsync(() => renderer.BeginRenderingComponent<QueueCells>(ParameterView.FromDictionary(cell)).ToHtmlString()).GetAwaiter().GetResult());
    }
}
