using System.Diagnostics;

namespace PremiumSupport.Tests.Figures;

/// <summary>What a run showed.</summary>
/// <param name="PerSecond">Calls that were answered.</param>
/// <param name="P50">Milliseconds from call to answer.</param>
/// <param name="P99">The same, for the slowest hundredth.</param>
/// <param name="Calls">How many.</param>
/// <param name="Cpu">Milliseconds of processor per call, client and server together; says the same on a busy machine as on an idle one, where elapsed time does not.</param>
internal sealed record Load(double PerSecond, double P50, double P99, int Calls = 0, double Cpu = 0)
{
    private const int Rounds = 3;
    private const int MostWarmRuns = 16;
    private const double Steady = 1.05;

    /// <summary>Lets workers call as fast as they are answered, or each at a steady pace, until the time is up.</summary>
    /// <param name="pace">Time between the calls of one worker; none for as fast as it goes. Workers begin spread over it.</param>
    /// <param name="settle">What belongs to the run and ends after the last answer, e.g. the last push.</param>
    public static async Task<Load> RunAsync(int workers, TimeSpan duration, Func<int, Task> call, TimeSpan? pace = null, Func<Task>? settle = null)
    {
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var latencies = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => WorkAsync(worker, workers, duration, call, pace))));
        if (settle is not null)
        {
            await settle();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var load = Of([.. latencies.SelectMany(each => each)], elapsed);
        return load with { Cpu = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / load.Calls };
    }

    /// <summary>Percentiles of milliseconds.</summary>
    public static Load Of(double[] milliseconds, TimeSpan elapsed)
    {
        Array.Sort(milliseconds);
        return new(milliseconds.Length / elapsed.TotalSeconds, At(milliseconds, 0.50), At(milliseconds, 0.99), milliseconds.Length);
    }

    /// <summary>
    /// Runs the contestants by turns for three rounds and returns the medians of each. Before that each warms up until three runs in a row brought it nothing: the
    /// product has more code than its yardsticks, and it is compiled for speed only after a while, so that a fixed time would measure the compiler.
    /// </summary>
    public static async Task<Load[]> MediansAsync(params Func<Task<Load>>[] contestants)
    {
        foreach (var contestant in contestants)
        {
            await WarmAsync(contestant);
        }

        var rounds = new List<Load[]>();
        for (var round = 0; round < Rounds; round++)
        {
            var loads = new Load[contestants.Length];
            for (var i = 0; i < contestants.Length; i++)
            {
                loads[i] = await contestants[i]();
            }

            rounds.Add(loads);
        }

        return [.. Enumerable.Range(0, contestants.Length).Select(i => new Load(
            Median(rounds.Select(round => round[i].PerSecond)), Median(rounds.Select(round => round[i].P50)), Median(rounds.Select(round => round[i].P99)),
            rounds.Sum(round => round[i].Calls), Median(rounds.Select(round => round[i].Cpu))))];
    }

    private static async Task WarmAsync(Func<Task<Load>> contestant)
    {
        var (best, idle) = (0.0, 0);
        for (var run = 0; run < MostWarmRuns && idle < 3; run++)
        {
            var load = await contestant();
            idle = load.PerSecond > best * Steady ? 0 : idle + 1;
            best = Math.Max(best, load.PerSecond);
        }
    }

    private static async Task<List<double>> WorkAsync(int worker, int workers, TimeSpan duration, Func<int, Task> call, TimeSpan? pace)
    {
        var latencies = new List<double>(4096);
        var start = Stopwatch.GetTimestamp();
        if (pace is { } interval)
        {
            using var first = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + (interval.TotalMilliseconds * worker / workers)));
            await first.WaitForNextTickAsync();
        }

        using var timer = pace is null ? null : new PeriodicTimer(pace.Value);
        do
        {
            var before = Stopwatch.GetTimestamp();
            await call(worker);
            latencies.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            if (timer is not null)
            {
                await timer.WaitForNextTickAsync();
            }
        }
        while (Stopwatch.GetElapsedTime(start) < duration);
        return latencies;
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
