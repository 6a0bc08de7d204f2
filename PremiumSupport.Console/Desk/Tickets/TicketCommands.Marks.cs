namespace PremiumSupport.Desk.Tickets;

/// <summary>The verb that is about who has read what.</summary>
public sealed partial class TicketCommands
{
    /// <summary>
    /// Moves read marks forward, all in one go, and returns those that moved, as they are now. Whoever calls has made sure that each side may see its conversation.
    /// </summary>
    public Task<IReadOnlyList<SideMark>> MarkAsync(IReadOnlyCollection<SideMark> marks, CancellationToken cancellation = default) => writes.RunAsync<IReadOnlyList<SideMark>>(
        async db =>
        {
            var moved = new List<SideMark>(marks.Count);
            foreach (var mark in marks)
            {
                if (await TicketMarks.AdvanceAsync(db, mark) is { } stored)
                {
                    moved.Add(stored);
                }
            }

            return moved;
        },
        cancellation: cancellation);
}
