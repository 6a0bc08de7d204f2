using System.Diagnostics.Metrics;

namespace PremiumSupport.Screens.Shell.Circuits;

/// <summary>Why a page cannot come alive.</summary>
public enum CircuitRefusal
{
    /// <summary>Its person has as many pages open as one may have.</summary>
    Person,

    /// <summary>The node serves as many as it can.</summary>
    Node,
}

/// <summary>
/// Counts the circuits of this node. A person's count only while their line is up, so that whoever comes back over a bad line is not turned away for what they left behind; the node's count
/// as long as they are in memory.
/// </summary>
public sealed class CircuitCount(CircuitLimits limits, IMeterFactory meters)
{
    /// <summary>The meter of the pages that are alive; <c>premiumsupport.circuits.refused</c> counts those that were turned away, by reason (<c>person</c> or <c>node</c>).</summary>
    public const string Meter = "PremiumSupport.Circuits";

    private readonly Counter<long> _refused = meters.Create(Meter).CreateCounter<long>("premiumsupport.circuits.refused", null, "Pages of the console that were refused a circuit, by reason.");
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, int> _persons = [];
    private int _all;

    /// <summary>How many there are on this node.</summary>
    public int All
    {
        get
        {
            lock (_gate)
            {
                return _all;
            }
        }
    }

    /// <summary>Why one more of that person would be refused; null when there is room. Takes no room.</summary>
    public CircuitRefusal? Look(Guid person)
    {
        lock (_gate)
        {
            return Refusal(person);
        }
    }

    /// <summary>A page was turned away: for whoever runs the node to see.</summary>
    public void Refuse(CircuitRefusal why) => _refused.Add(1, new KeyValuePair<string, object?>("reason", why == CircuitRefusal.Person ? "person" : "node"));

    /// <summary>One more of that person, with its line up; or why not.</summary>
    public CircuitRefusal? Enter(Guid person)
    {
        lock (_gate)
        {
            if (Refusal(person) is { } refusal)
            {
                return refusal;
            }

            _all++;
            Add(person, 1);
            return null;
        }
    }

    /// <summary>The line of one that entered went down, or came back. One that comes back is never refused.</summary>
    public void Turn(Guid person, bool isUp)
    {
        lock (_gate)
        {
            Add(person, isUp ? 1 : -1);
        }
    }

    /// <summary>One that entered is gone from memory; its line is down by then.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _all--;
        }
    }

    private CircuitRefusal? Refusal(Guid person) =>
        _all >= limits.PerNode ? CircuitRefusal.Node : _persons.GetValueOrDefault(person) >= limits.PerPerson ? CircuitRefusal.Person : null;

    private void Add(Guid person, int circuits)
    {
        var count = _persons.GetValueOrDefault(person) + circuits;
        if (count > 0)
        {
            _persons[person] = count;
        }
        else
        {
            _persons.Remove(person);
        }
    }
}
