using System.Globalization;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Views;

/// <summary>A filter as the query of an address: <c>q account role channel severity assignee status tag due</c>, each at most once.</summary>
public static class FilterQuery
{
    /// <summary>The words of an address that belong to a filter.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["q", "account", "role", "channel", "severity", "assignee", "status", "tag", "due"];

    private const int LongestText = 200;
    private static readonly TimeSpan LongestDue = TimeSpan.FromDays(365);

    private static readonly (string Word, RequesterRole Value)[] Roles = [("super-admin", RequesterRole.SuperAdmin), ("user", RequesterRole.User)];
    private static readonly (string Word, QueueView Value)[] Channels = [("chat", QueueView.Chat), ("email", QueueView.Email), ("phone", QueueView.Phone)];
    private static readonly (string Word, Severity Value)[] Severities = [("critical", Severity.BusinessCritical), ("standard", Severity.Standard)];
    private static readonly (string Word, TicketStatus Value)[] Statuses = [("new", TicketStatus.New), ("open", TicketStatus.Open), ("waiting", TicketStatus.Waiting)];

    /// <summary>With the question mark, or nothing.</summary>
    public static string ToQuery(this QueueFilter filter)
    {
        var parts = Keys.Select(key => (key, Value: Say(filter, key))).Where(part => !string.IsNullOrWhiteSpace(part.Value)).Select(part => $"{part.key}={Uri.EscapeDataString(part.Value!.Trim())}");
        var query = string.Join('&', parts);
        return query.Length == 0 ? "" : $"?{query}";
    }

    /// <summary>The filter of an address. Null when one of its words says nothing that there is.</summary>
    /// <param name="value">The value of a key, or null.</param>
    public static QueueFilter? Read(Func<string, string?> value)
    {
        string? Of(string key) => value(key) is { Length: > 0 and <= LongestText } text ? text : null;
        var filter = new QueueFilter
        {
            Text = Of("q"), Account = Of("account"), Tag = Of("tag"),
            Role = Find(Roles, Of("role")), Channel = Find(Channels, Of("channel")), Severity = Find(Severities, Of("severity")), Status = Find(Statuses, Of("status")),
            Assignee = ReadAssignee(Of("assignee")), DueWithin = ReadDue(Of("due")),
        };
        return Keys.All(key => string.IsNullOrEmpty(value(key)) || Say(filter, key) is not null) ? filter : null;
    }

    /// <summary>A duration as an address says it: <c>30m</c>, <c>4h</c>, <c>2d</c>.</summary>
    public static string Due(TimeSpan within) =>
        within.Ticks % TimeSpan.TicksPerDay == 0 ? $"{(int)within.TotalDays}d" : within.Ticks % TimeSpan.TicksPerHour == 0 ? $"{(int)within.TotalHours}h" : $"{(int)within.TotalMinutes}m";

    private static string? Say(QueueFilter filter, string key) => key switch
    {
        "q" => filter.Text,
        "account" => filter.Account,
        "tag" => filter.Tag,
        "role" => Word(Roles, filter.Role),
        "channel" => Word(Channels, filter.Channel),
        "severity" => Word(Severities, filter.Severity),
        "status" => Word(Statuses, filter.Status),
        "assignee" => filter.Assignee switch { null => null, { IsMe: true } => "me", { Staff: { } staff } => staff.ToString("N"), _ => "nobody" },
        _ => filter.DueWithin is { } within ? Due(within) : null,
    };

    private static AssigneeFilter? ReadAssignee(string? text) => text switch
    {
        "me" => new(null, IsMe: true),
        "nobody" => new(null),
        _ => Guid.TryParseExact(text, "N", out var staff) ? new(staff) : null,
    };

    private static TimeSpan? ReadDue(string? text)
    {
        if (text is not { Length: > 1 } || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0 || number > 100_000)
        {
            return null;
        }

        TimeSpan? within = text[^1] switch { 'm' => TimeSpan.FromMinutes(number), 'h' => TimeSpan.FromHours(number), 'd' => TimeSpan.FromDays(number), _ => null };
        return within <= LongestDue ? within : null;
    }

    private static T? Find<T>((string Word, T Value)[] words, string? word)
        where T : struct => words.Where(known => known.Word == word).Select(known => (T?)known.Value).FirstOrDefault();

    private static string? Word<T>((string Word, T Value)[] words, T? value)
        where T : struct => words.Where(known => known.Value.Equals(value)).Select(known => known.Word).FirstOrDefault();
}
