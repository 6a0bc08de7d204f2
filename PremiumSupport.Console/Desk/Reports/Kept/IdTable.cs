namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>Gives every id a small number, the same each time, so that rows in memory hold four bytes and figures are added up in arrays. Safe for many threads.</summary>
public sealed class IdTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, int> _places = [];
    private readonly List<Guid> _ids = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ids.Count;
            }
        }
    }

    /// <summary>The id at a place.</summary>
    public Guid this[int place]
    {
        get
        {
            lock (_gate)
            {
                return _ids[place];
            }
        }
    }

    /// <summary>The place of an id, a new one where it has none.</summary>
    public int PlaceOf(Guid id)
    {
        lock (_gate)
        {
            if (!_places.TryGetValue(id, out var place))
            {
                _places[id] = place = _ids.Count;
                _ids.Add(id);
            }

            return place;
        }
    }
}
