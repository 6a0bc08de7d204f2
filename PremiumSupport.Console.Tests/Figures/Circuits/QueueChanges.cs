using System.Globalization;
using System.Net.Http.Json;

namespace PremiumSupport.Tests.Figures.Circuits;

/// <summary>
/// Changes open tickets by the API at a steady pace: of twenty changes fourteen give a ticket another subject, which says when it was sent and which change of that ticket it is, three write a message
/// and three hand it to somebody else. The changes of one ticket come one after the other.
/// </summary>
internal sealed class QueueChanges(HttpClient api, IReadOnlyList<long> tickets)
{
    private static readonly string[] Hands = ["specialist@demo.example", "second@demo.example"];

    private readonly Dictionary<long, Task> _last = tickets.ToDictionary(ticket => ticket, _ => Task.CompletedTask);
    private readonly Dictionary<long, int> _versions = tickets.ToDictionary(ticket => ticket, _ => 0);
    private int _made;

    /// <summary>The last subject's number of each ticket that was given one.</summary>
    public IReadOnlyDictionary<long, int> Versions => _versions;

    /// <summary>Microseconds since 1970, as browsers count too.</summary>
    public static long Now => (TimeProvider.System.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;

    /// <summary>Makes so many changes a second until the time is up and the last is answered; returns how many.</summary>
    public async Task<int> RunAsync(TimeSpan duration, int perSecond)
    {
        var made = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (; made < duration.TotalSeconds * perSecond; made++)
        {
            await timer.WaitForNextTickAsync();
            var number = tickets[_made % tickets.Count];
            _last[number] = ChangeAsync(number, _made++, _last[number]);
        }

        await Task.WhenAll(_last.Values);
        return made;
    }

    private async Task ChangeAsync(long number, int change, Task before)
    {
        await before;
        var kind = change % 20;
        using var answer = await (kind < 14 ? api.PatchAsJsonAsync($"/api/v1/tickets/{number}", new { subject = Subject(number) })
            : kind < 17 ? api.PostAsJsonAsync($"/api/v1/tickets/{number}/messages", new { body = $"We are still looking into it ({change}).", visibility = "public", automated = true, clientMessageId = Guid.CreateVersion7().ToString("N") })
            : api.PatchAsJsonAsync($"/api/v1/tickets/{number}", new { assignee = Hands[change / 20 % Hands.Length] }));
        answer.EnsureSuccessStatusCode();
    }

    private string Subject(long number) => string.Create(CultureInfo.InvariantCulture, $"Nobody can sign in ~{number}.{++_versions[number]}.{Now}~");
}
