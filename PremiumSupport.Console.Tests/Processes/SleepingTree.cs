using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PremiumSupport.Tests.Processes;

/// <summary>A process and all that came from it, stopped as a laptop's are when its lid is shut: none of them runs, and none is told.</summary>
internal static class SleepingTree
{
    /// <summary>Stops the tree whose first process has that mark on its command line; the result wakes it up when it is disposed.</summary>
    public static async Task<IAsyncDisposable> BeginAsync(string mark)
    {
        var root = Processes().Where(id => Read(id, "cmdline").Contains(mark, StringComparison.Ordinal)).Min();
        var stopped = new HashSet<int>();
        while (Tree(root).Where(stopped.Add).ToList() is { Count: > 0 } awake)
        {
            // Parents first, and again until there is nobody new: who is stopped starts nothing.
            await SignalAsync("STOP", awake);
        }

        return new Sleep(stopped);
    }

    private static IEnumerable<int> Tree(int root)
    {
        var children = Processes().ToLookup(ParentOf);
        IEnumerable<int> Below(int id) => children[id].SelectMany(Below).Prepend(id);
        return Below(root);
    }

    private static IEnumerable<int> Processes() =>
        Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Order();

    // The name, in brackets, may hold anything; state and parent stand behind it.
    private static int ParentOf(int id) =>
        Read(id, "stat") is { Length: > 0 } stat && int.TryParse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture, out var parent) ? parent : 0;

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static async Task SignalAsync(string signal, IEnumerable<int> ids)
    {
        using var kill = Process.Start("kill", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)).Prepend($"-{signal}"))
            ?? throw new Win32Exception("There is no kill.");
        await kill.WaitForExitAsync();
    }

    private sealed class Sleep(IReadOnlyCollection<int> ids) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await SignalAsync("CONT", ids);
    }
}
