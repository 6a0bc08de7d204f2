namespace PremiumSupport.Sla;

/// <summary>A promise that is owed now.</summary>
/// <param name="Ticket">The ticket's number.</param>
/// <param name="Channel">How it came; handling times are by channel.</param>
/// <param name="DueAt">Its deadline; one that has passed still takes somebody's time.</param>
/// <param name="WorkedOnSince">Since when somebody who is online has it; null while nobody has.</param>
public sealed record OwedWork(long Ticket, Channel Channel, DateTimeOffset DueAt, DateTimeOffset? WorkedOnSince = null);

/// <summary>Requests that are expected to come, of one kind.</summary>
/// <param name="Channel">How they come.</param>
/// <param name="PerHour">How many an hour; a fraction is one.</param>
/// <param name="Promise">How long each of them may wait.</param>
public sealed record Arrivals(Channel Channel, double PerHour, TimeSpan Promise);

/// <summary>What a forecast is made from.</summary>
public sealed record ForecastInput
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>How far it looks.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What is owed. A promise that stands still does not belong here.</summary>
    public IReadOnlyList<OwedWork> Owed { get; init; } = [];

    public IReadOnlyList<Arrivals> Arrivals { get; init; } = [];

    /// <summary>How long an answer takes by channel; see <see cref="HandlingTimes"/>.</summary>
    public IReadOnlyDictionary<Channel, TimeSpan> Handling { get; init; } = new Dictionary<Channel, TimeSpan>();

    /// <summary>How many people answer; none means that nothing is answered.</summary>
    public required int Specialists { get; init; }
}

/// <summary>A promise that is expected to be missed.</summary>
/// <param name="AnswerAt">When it is expected to be answered; null when not within the horizon.</param>
public sealed record ExpectedMiss(long Ticket, DateTimeOffset DueAt, DateTimeOffset? AnswerAt);

/// <summary>What is expected until an instant.</summary>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Until">The last instant that it speaks of.</param>
/// <param name="Expected">How many deadlines from <paramref name="MadeAt"/> up to <paramref name="Until"/> will be missed, those of requests to come included; a fraction, because those are.</param>
/// <param name="Misses">The tickets among them that are owed already, soonest due first.</param>
public sealed record HourForecast(DateTimeOffset MadeAt, DateTimeOffset Until, double Expected, IReadOnlyList<ExpectedMiss> Misses)
{
    /// <summary>The ticket that misses first; null when none does.</summary>
    public ExpectedMiss? First => Misses.Count > 0 ? Misses[0] : null;
}

/// <summary>
/// Looks an hour ahead by playing it: so many people always work on what is due soonest, and put something aside for what is due sooner still. Each answer takes the
/// channel's handling time; requests to come arrive evenly. The same input gives the same forecast, and another pair of hands never makes it worse.
/// </summary>
public static class Forecast
{
    /// <summary>What an answer is taken to take on a channel that nobody has answered on lately.</summary>
    public static TimeSpan UnknownHandling { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The forecast. Equality is met (rule 3), here as everywhere.</summary>
    public static HourForecast Of(ForecastInput input)
    {
        var until = input.Now + input.Horizon;
        // Whatever is due behind the horizon gives way to all that counts, so it needs no hands here.
        var jobs = input.Owed.Where(work => work.DueAt <= until).Select(work => new Job(work.DueAt, work.Ticket, input.Now, Left(input, work), 1))
            .Concat(input.Arrivals.SelectMany(arrivals => Coming(input, arrivals)).Where(job => job.DueAt <= until))
            .OrderBy(job => job.DueAt).ThenBy(job => job.Ticket is null).ThenBy(job => job.Ticket).ThenBy(job => job.From)
            .ToList();
        Play(jobs, input.Now, until, input.Specialists);

        var missed = jobs.Where(job => job.DueAt >= input.Now && !(job.DoneAt <= job.DueAt)).ToList();
        return new(
            input.Now, until, missed.Sum(job => job.Weight),
            [.. missed.Where(job => job.Ticket is not null).Select(job => new ExpectedMiss(job.Ticket!.Value, job.DueAt, job.DoneAt))]);
    }

    /// <summary>
    /// How many requests an hour to expect: the mean of what the last hours brought and of what the same hour of past weeks did, where there are any.
    /// </summary>
    /// <param name="recent">How many came lately.</param>
    /// <param name="over">In how long; positive.</param>
    /// <param name="sameHour">How many came in the same hour of each past week that there is a record of.</param>
    public static double PerHour(int recent, TimeSpan over, IReadOnlyCollection<int> sameHour)
    {
        var lately = recent / over.TotalHours;
        return sameHour.Count == 0 ? lately : (lately + sameHour.Average()) / 2;
    }

    private static TimeSpan Handling(ForecastInput input, Channel channel) => input.Handling.GetValueOrDefault(channel, UnknownHandling);

    // Who has had it for a while is nearer to the end, but somebody who has taken longer than usual is not done for that: a quarter is always left.
    private static long Left(ForecastInput input, OwedWork work)
    {
        var handling = Handling(input, work.Channel).Ticks;
        return work.WorkedOnSince is { } since && since < input.Now ? Math.Max(handling / 4, handling - (input.Now - since).Ticks) : handling;
    }

    // As many requests as are needed for the whole number above the expected one, each of them only that part of a request.
    private static IEnumerable<Job> Coming(ForecastInput input, Arrivals arrivals)
    {
        var expected = arrivals.PerHour * input.Horizon.TotalHours;
        var count = (int)Math.Ceiling(expected);
        for (var i = 0; i < count; i++)
        {
            var (at, part) = (input.Now + (input.Horizon * ((i + 0.5) / count)), expected / count);
            yield return new(at + arrivals.Promise, null, at, (long)(Handling(input, arrivals.Channel).Ticks * part), part);
        }
    }

    /// <summary>From event to event: somebody finishes, or something comes. Jobs are in the order in which they are taken up.</summary>
    private static void Play(List<Job> jobs, DateTimeOffset now, DateTimeOffset until, int people)
    {
        var (first, running) = (0, new List<Job>());
        while (people > 0 && now <= until)
        {
            while (first < jobs.Count && jobs[first].DoneAt is not null)
            {
                first++;
            }

            running.Clear();
            var next = DateTimeOffset.MaxValue;
            for (var i = first; i < jobs.Count; i++)
            {
                var job = jobs[i];
                if (job.DoneAt is not null)
                {
                    continue;
                }

                if (job.From > now)
                {
                    next = job.From < next ? job.From : next;
                }
                else if (running.Count < people)
                {
                    running.Add(job);
                    next = now.AddTicks(job.Left) < next ? now.AddTicks(job.Left) : next;
                }
            }

            if (next > until)
            {
                return;
            }

            foreach (var job in running)
            {
                job.Left -= (next - now).Ticks;
                job.DoneAt = job.Left == 0 ? next : null;
            }

            now = next;
        }
    }

    private sealed class Job(DateTimeOffset dueAt, long? ticket, DateTimeOffset from, long left, double weight)
    {
        public DateTimeOffset DueAt => dueAt;
        public long? Ticket => ticket;
        public DateTimeOffset From => from;
        public double Weight => weight;
        public long Left { get; set; } = left;
        public DateTimeOffset? DoneAt { get; set; }
    }
}
