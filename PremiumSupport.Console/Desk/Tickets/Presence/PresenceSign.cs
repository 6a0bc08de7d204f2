using System.Globalization;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets.Presence;

/// <summary>
/// What one person does at one ticket, as the change bus carries it to other nodes: <c>seat-node-person</c> and a number of ticket and mode. A state, not a step, so that
/// one that gets lost or comes twice is mended by the next.
/// </summary>
/// <param name="Node">The process that saw it.</param>
internal readonly record struct PresenceSign(string Node, Guid StaffId, long Number, PresenceMode Mode)
{
    private const string Prefix = "seat-";
    private const int Modes = 4;

    public Change ToChange() => new($"{Prefix}{Node}-{StaffId:N}", (Number * Modes) + (int)Mode);

    /// <summary>Null for a change of anything else.</summary>
    public static PresenceSign? Read(Change change)
    {
        if (!change.Topic.StartsWith(Prefix, StringComparison.Ordinal) || change.Id < 0 || change.Topic.Split('-') is not [_, var node, var person] || !Guid.TryParseExact(person, "N", out var staff))
        {
            return null;
        }

        var mode = (PresenceMode)(change.Id % Modes);
        return Enum.IsDefined(mode) ? new(node, staff, change.Id / Modes, mode) : null;
    }

    /// <summary>The name of a node in signs.</summary>
    public static string NameOf(Guid node) => node.ToString("N", CultureInfo.InvariantCulture);
}
