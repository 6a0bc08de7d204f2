using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Screens.Queue;

/// <summary>A part of a row that looks the same to everybody.</summary>
public enum CellPart { Mark, Due, Number, Tag, Snippet, Customer, Hands }

/// <summary>What a row says of a customer's call: nothing, that it comes, or that it is overdue.</summary>
public enum CallWords { None, At, Since }

/// <summary>One row's markup. What depends on the hour or on drafts is there once for each way in which it can look.</summary>
public sealed class RowCells
{
    private readonly QueueRow _row;
    private readonly Func<Dictionary<string, object?>, MarkupString> _draw;
    private readonly ConcurrentDictionary<string, MarkupString> _due = new();
    private readonly ConcurrentDictionary<(bool, CallWords), MarkupString> _snippets = new();

    internal RowCells(QueueRow row, Func<Dictionary<string, object?>, MarkupString> draw)
    {
        (_row, _draw) = (row, draw);
        (Mark, Number, Tag, Customer, Hands) = (Draw(CellPart.Mark), Draw(CellPart.Number), Draw(CellPart.Tag), Draw(CellPart.Customer), Draw(CellPart.Hands));
        (Ticket, DueAt) = ($"{row.Number}", row.NextDueAt is { } due ? Sla.ObligationClock.Text(due) : "");
        Href = $"/tickets/{Ticket}";
    }

    /// <summary>The box, and the marks that the row's classes show.</summary>
    public MarkupString Mark { get; }

    /// <summary>The number and the channel.</summary>
    public MarkupString Number { get; }

    /// <summary>What became of a claim.</summary>
    public MarkupString Tag { get; }

    /// <summary>Who asks, and for whom.</summary>
    public MarkupString Customer { get; }

    /// <summary>Who has it, and what to press where nobody has.</summary>
    public MarkupString Hands { get; }

    /// <summary>The number as attributes say it.</summary>
    public string Ticket { get; }

    /// <summary>The deadline as attributes say it; nothing for none.</summary>
    public string DueAt { get; }

    /// <summary>Where the subject leads.</summary>
    public string Href { get; }

    /// <summary>The badge as it looks in a state. The browser keeps it from then on.</summary>
    public MarkupString Due(string state) => _due.GetOrAdd(state, _ => Draw(CellPart.Due));

    /// <summary>What was said last.</summary>
    public MarkupString Snippet(bool hasDraft, CallWords call) => _snippets.GetOrAdd((hasDraft, call), key => Draw(CellPart.Snippet, key.Item1, key.Item2));

    private MarkupString Draw(CellPart part, bool hasDraft = false, CallWords call = CallWords.None) => _draw(new Dictionary<string, object?>
    {
        [nameof(QueueCells.Part)] = part, [nameof(QueueCells.Row)] = _row, [nameof(QueueCells.HasDraft)] = hasDraft, [nameof(QueueCells.Call)] = call,
    });
}
