namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>An hour or a day of the backlog.</summary>
/// <param name="Start">Its first instant.</param>
/// <param name="Arrived">How many tickets came in.</param>
/// <param name="Left">How many were solved, closed or merged away; one that came back and left again counts twice.</param>
/// <param name="Open">How many were open at its end.</param>
public readonly record struct FlowStep(DateTimeOffset Start, int Arrived, int Left, int Open);

/// <summary>Arrivals and backlog of a period.</summary>
/// <param name="Steps">Hours of a single day, else days; only what has begun.</param>
/// <param name="OpenBefore">How many were open when the period began.</param>
public sealed record FlowFigures(IReadOnlyList<FlowStep> Steps, int OpenBefore)
{
    /// <summary>Of nothing at all.</summary>
    public static FlowFigures None { get; } = new([], 0);

    /// <summary>Arrivals by weekday, 0 for Monday, and hour where the viewer is.</summary>
    public int[,] Arrivals { get; init; } = new int[7, 24];

    /// <summary>Whether steps are hours.</summary>
    public bool IsByHour { get; init; }
}

/// <summary>Adds up moves of tickets as they come by, those before the period too: the backlog is all that ever came in less what left.</summary>
/// <param name="period">The days.</param>
/// <param name="wall">The wall by which they are told.</param>
/// <param name="older">How many open tickets are older than any move that is known.</param>
public sealed class FlowTally(ReportPeriod period, WallTime wall, int older)
{
    private const long Hour = 3_600_000;

    private readonly bool _isByHour = period.Days == 1;
    private readonly long _from = period.From.ToUnixTimeMilliseconds();
    private readonly long _to = period.To.ToUnixTimeMilliseconds();
    private readonly (int Arrived, int Left, int Delta)[] _steps = new (int, int, int)[period.Days == 1 ? 26 : period.Days];
    private readonly int[,] _arrivals = new int[7, 24];
    private int _before = older;

    /// <summary>Takes what moves before the period have come to.</summary>
    public void AddBefore(int delta) => _before += delta;

    /// <summary>Takes a move before the end of the period.</summary>
    public void Add(in TicketMove move)
    {
        if (move.At >= _to)
        {
            return;
        }

        if (move.At < _from)
        {
            _before += move.Delta;
            return;
        }

        var place = _isByHour ? (move.At - _from) / Hour : wall.DayOf(move.At) - wall.DayOf(_from);
        ref var step = ref _steps[place];
        step.Delta += move.Delta;
        step.Arrived += move.Kind == MoveKind.Arrived ? 1 : 0;
        step.Left += move.Kind == MoveKind.Left ? 1 : 0;
        if (move.Kind == MoveKind.Arrived)
        {
            _arrivals[wall.WeekdayOf(move.At), wall.HourOf(move.At)]++;
        }
    }

    /// <summary>What was counted so far.</summary>
    public FlowFigures ToFigures()
    {
        var (steps, open) = (new List<FlowStep>(), _before);
        for (var place = 0; place < _steps.Length; place++)
        {
            var start = _isByHour ? period.From.AddHours(place) : wall.Zone.AtStartOfDay(period.First.PlusDays(place)).ToDateTimeOffset();
            if (start >= period.To)
            {
                break;
            }

            open += _steps[place].Delta;
            steps.Add(new(start, _steps[place].Arrived, _steps[place].Left, open));
        }

        return new(steps, _before) { Arrivals = _arrivals, IsByHour = _isByHour };
    }
}
