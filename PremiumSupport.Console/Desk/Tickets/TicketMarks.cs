using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Stores read marks. They change nothing else of a ticket: no version, no place in the queue, no timeline.</summary>
internal static class TicketMarks
{
    private static readonly PreparedStatement<Ticket> Customer = Advance("Customer");
    private static readonly PreparedStatement<Ticket> Staff = Advance("Staff");

    /// <summary>Moves a mark forward, to the last message at most: nobody has read what was never written. Null when it was that far already.</summary>
    public static async Task<SideMark?> AdvanceAsync(SupportDb db, SideMark mark) =>
        await (mark.Side == MessageFrom.Customer ? Customer : Staff).FirstAsync(db, mark.Mark.Received, mark.Mark.Read, mark.Number) is { } stored
            ? mark with { Mark = new((long)stored[0]!, (long)stored[1]!) }
            : null;

    private static PreparedStatement<Ticket> Advance(string side)
    {
        var (received, read) = ($"{side}ReceivedSequence", $"{side}ReadSequence");
        return new(
            $"UPDATE \"Tickets\" SET \"{received}\" = {Farther(received)}, \"{read}\" = {Farther(read)} "
            + $"WHERE \"Number\" = @Number AND ({IsFarther(received)} OR {IsFarther(read)}) RETURNING \"{received}\", \"{read}\"");
    }

    private static string Farther(string column) =>
        $"CASE WHEN @{column} <= \"{column}\" THEN \"{column}\" WHEN @{column} > \"LastSequence\" THEN \"LastSequence\" ELSE @{column} END";

    private static string IsFarther(string column) => $"(\"{column}\" < @{column} AND \"{column}\" < \"LastSequence\")";
}
