using System.Runtime.InteropServices;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>What one person carries.</summary>
public sealed record Load(Guid StaffId, string Name, int Breached, int AtRisk, int OnTrack, int Answered)
{
    /// <summary>All of it.</summary>
    public int Open => Breached + AtRisk + OnTrack + Answered;
}

/// <summary>The figures of the dashboard that come from the open queue.</summary>
public static class DashboardFigures
{
    /// <summary>Who carries what, the fullest first; tickets of nobody are left out.</summary>
    public static IReadOnlyList<Load> Loads(IEnumerable<QueueRow> open, DateTimeOffset now)
    {
        var loads = new Dictionary<Guid, (string Name, int Breached, int AtRisk, int OnTrack, int Answered)>();
        foreach (var row in open)
        {
            if (row.AssigneeId is not { } person)
            {
                continue;
            }

            ref var load = ref CollectionsMarshal.GetValueRefOrAddDefault(loads, person, out var isKnown);
            load.Name = isKnown ? load.Name : row.AssigneeName ?? "";
            switch (row.NextDueAt is null ? ObligationState.Met : row.StateAt(now))
            {
                case ObligationState.Met: load.Answered++; break;
                case ObligationState.Breached: load.Breached++; break;
                case ObligationState.AtRisk: load.AtRisk++; break;
                case ObligationState.OnTrack: load.OnTrack++; break;
            }
        }

        return [.. loads.Select(load => new Load(load.Key, load.Value.Name, load.Value.Breached, load.Value.AtRisk, load.Value.OnTrack, load.Value.Answered)).OrderByDescending(load => load.Open).ThenBy(load => load.Name, StringComparer.Ordinal)];
    }
}
