using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.House;

/// <summary>The floor plan: which room may look into which. A room not named after another may not see it; down only, and sideways where it stands here.</summary>
internal sealed class FloorPlan(IReadOnlyDictionary<string, string[]> arrows)
{
    /// <summary>The one table. Everything may look at the promise's arithmetic (Sla), which looks at nothing.</summary>
    public static FloorPlan Drawn { get; } = new(new Dictionary<string, string[]>
    {
        ["Sla"] = [],
        ["Platform.Data"] = [],
        ["Platform.Audit"] = ["Platform.Data"],
        ["Platform.Realtime"] = ["Platform.Data"],
        ["Platform.Time"] = [],
        ["Platform.Ledger"] = ["Sla", "Platform.Data"],
        ["Platform.Files"] = ["Platform.Web"],
        ["Platform.Web"] = ["Sla", "Platform.Data"],
        ["Platform.Identity"] = ["Sla", "Platform.Audit", "Platform.Data", "Platform.Realtime", "Platform.Web", "Platform.Ui"],
        ["Platform.Mail"] = ["Platform.Data"],
        ["Platform.Ui"] = ["Sla"],
        ["Desk.Accounts"] = ["Sla", "Platform.Data", "Platform.Identity", "Platform.Realtime"],
        ["Desk.Entitlements"] = ["Sla", "Platform.Data", "Platform.Ledger"],
        ["Desk.Files"] = ["Platform.Data", "Platform.Identity", "Platform.Files", "Platform.Web", "Desk.Accounts"],
        ["Desk.Intake"] = ["Sla", "Platform.Data", "Platform.Identity", "Platform.Mail", "Platform.Realtime", "Desk.Accounts", "Desk.Outbox", "Desk.Tickets"],
        ["Desk.Knowledge"] = ["Sla", "Platform.Data", "Platform.Realtime", "Platform.Files", "Platform.Identity", "Desk.Tickets"],
        ["Desk.Preferences"] = ["Platform.Data", "Platform.Realtime", "Platform.Identity"],
        ["Desk.Notifications"] = ["Sla", "Platform.Data", "Platform.Realtime", "Platform.Identity", "Desk.Preferences"],
        ["Desk.Outbox"] = ["Sla", "Platform.Data", "Platform.Realtime", "Platform.Identity", "Platform.Mail", "Desk.Entitlements", "Desk.Notifications", "Desk.Preferences"],
        ["Desk.Tickets"] = ["Sla", "Platform.Data", "Platform.Realtime", "Platform.Identity", "Platform.Ledger", "Platform.Web", "Desk.Accounts", "Desk.Entitlements", "Desk.Files", "Desk.Notifications", "Desk.Outbox"],
        ["Channels.Chat"] = ["Sla", "Platform.Identity", "Platform.Web", "Desk.Tickets"],
        ["Channels.Email.Inbound"] = ["Channels.Email", "Sla", "Platform.Data", "Platform.Files", "Platform.Identity", "Platform.Mail", "Platform.Realtime", "Platform.Web", "Desk.Accounts", "Desk.Files", "Desk.Intake", "Desk.Outbox", "Desk.Tickets"],
        ["Channels.Email"] = ["Sla", "Platform.Data", "Platform.Realtime", "Platform.Files", "Platform.Identity", "Platform.Mail", "Platform.Web", "Desk.Accounts", "Desk.Files", "Desk.Notifications", "Desk.Outbox", "Desk.Reports", "Desk.Tickets"],
        ["Channels.Files"] = ["Platform.Files", "Platform.Identity", "Platform.Web", "Desk.Files", "Desk.Tickets"],
        ["Channels.Help"] = ["Sla", "Platform.Data", "Platform.Files", "Platform.Realtime", "Platform.Identity", "Platform.Web", "Platform.Ui", "Desk.Accounts", "Desk.Entitlements", "Desk.Knowledge", "Desk.Tickets", "Channels.Chat"],
        ["Channels.Phone"] = ["Platform.Identity", "Platform.Web", "Desk.Tickets"],
        ["Channels.Webhooks"] = ["Sla", "Platform.Data", "Platform.Identity", "Platform.Realtime", "Platform.Web", "Desk.Accounts", "Desk.Tickets"],
        ["Monitoring"] = ["Channels.Email", "Sla", "Platform.Data", "Platform.Identity", "Platform.Realtime", "Desk.Entitlements", "Desk.Files", "Desk.Intake", "Desk.Knowledge", "Desk.Notifications", "Desk.Tickets", "Platform.Time", "Desk.Reports"],
        ["Screens"] = ["Platform.Audit", "Channels.Email", "Desk.Outbox", "Platform.Mail", "Sla", "Platform.Files", "Platform.Identity", "Platform.Realtime", "Platform.Ui", "Platform.Web", "Desk.Accounts", "Desk.Entitlements", "Desk.Files", "Desk.Knowledge", "Desk.Notifications", "Desk.Preferences", "Desk.Tickets", "Channels.Chat", "Channels.Help", "Channels.Phone", "Channels.Webhooks", "Desk.Ledger", "Desk.Reports", "Desk.Intake", "Channels.Email.Inbound"],
        ["Api"] = ["Sla", "Platform.Data", "Platform.Files", "Platform.Identity", "Platform.Ledger", "Platform.Web", "Desk.Accounts", "Desk.Entitlements", "Desk.Files", "Desk.Knowledge", "Desk.Notifications", "Desk.Tickets", "Desk.Ledger", "Desk.Reports"],
        ["Desk.Ledger"] = ["Sla", "Platform.Data", "Platform.Identity", "Platform.Ledger", "Desk.Accounts", "Desk.Entitlements", "Desk.Tickets"],
        // A door like the API: words in, words and an exit code out.
        ["CommandLine"] = ["Sla", "Platform.Data", "Desk.Ledger", "Desk.Tickets"],
        ["Desk.Reports"] = ["Sla", "Platform.Data", "Platform.Identity", "Platform.Ledger", "Platform.Mail", "Platform.Realtime", "Desk.Accounts", "Desk.Entitlements", "Desk.Outbox", "Desk.Tickets"],
        // The demo plays every part at once, so it sees every room that has a part in it; nothing sees the demo.
        ["Demo"] = ["Sla", "Platform.Data", "Platform.Identity", "Platform.Realtime", "Platform.Web", "Platform.Ui", "Desk.Accounts", "Desk.Entitlements", "Desk.Knowledge", "Desk.Tickets", "Channels.Chat", "Channels.Help"],
    });

    private const string Root = "PremiumSupport";

    private static readonly Lazy<Architecture> Loaded = new(() => new ArchLoader().LoadAssemblies(typeof(SupportDb).Assembly).Build());

    /// <summary>The console's own types; what the compiler makes stands under the type that it was made for.</summary>
    public static IReadOnlyList<IType> Types { get; } = [.. Loaded.Value.Types.Where(type => type.Assembly.Name.StartsWith("PremiumSupport.Console", StringComparison.Ordinal))];

    public IReadOnlyDictionary<string, string[]> Arrows => arrows;

    /// <summary>A type parameter has no namespace.</summary>
    public static string NamespaceOf(IType type) => type.Namespace?.FullName ?? "";

    /// <summary>The room of a namespace: the longest name on the plan that it lies under; null outside the house.</summary>
    public string? RoomOf(string fullNamespace) => arrows.Keys
        .Where(room => fullNamespace == $"{Root}.{room}" || fullNamespace.StartsWith($"{Root}.{room}.", StringComparison.Ordinal))
        .MaxBy(room => room.Length);

    /// <summary>Types with no room on the plan, but for the entry point.</summary>
    public IEnumerable<string> Homeless() => Types
        .Where(type => RoomOf(NamespaceOf(type)) is null && type.FullName is not "Program" && !type.FullName.StartsWith('<'))
        .Where(type => NamespaceOf(type).StartsWith(Root, StringComparison.Ordinal))
        .Select(type => type.FullName);

    /// <summary>Who really looks into which room, with the types at both ends.</summary>
    public IEnumerable<(string From, string To, string Example)> Seen() =>
        from type in Types
        let room = RoomOf(NamespaceOf(type))
        where room is not null
        from dependency in type.Dependencies
        let other = RoomOf(NamespaceOf(dependency.Target))
        where other is not null && other != room
        select (room, other, $"{type.FullName} -> {dependency.Target.FullName}");

    /// <summary>Arrows in the code that are not on the plan, each with its examples.</summary>
    public IEnumerable<string> Violations() => Seen()
        .Where(arrow => !arrows[arrow.From].Contains(arrow.To))
        .Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.Example}")
        .Distinct();

    /// <summary>A way along the plan's arrows that comes back to where it began; null when there is none.</summary>
    public string? Cycle()
    {
        var done = new HashSet<string>();
        string? Walk(string room, string[] path)
        {
            if (path.Contains(room))
            {
                return string.Join(" -> ", path.SkipWhile(step => step != room).Append(room));
            }

            var found = done.Contains(room) ? null : arrows[room].Select(next => Walk(next, [.. path, room])).FirstOrDefault(cycle => cycle is not null);
            done.Add(room);
            return found;
        }

        return arrows.Keys.Select(room => Walk(room, [])).FirstOrDefault(cycle => cycle is not null);
    }

    /// <summary>The plan with one arrow less, or one more when it was not there.</summary>
    public FloorPlan Flip(string from, string to) => new(arrows.ToDictionary(
        room => room.Key,
        room => room.Key != from ? room.Value : room.Value.Contains(to) ? [.. room.Value.Where(other => other != to)] : [.. room.Value, to]));

    /// <summary>The plan without a room.</summary>
    public FloorPlan Without(string room) => new(arrows.Where(entry => entry.Key != room).ToDictionary());
}
