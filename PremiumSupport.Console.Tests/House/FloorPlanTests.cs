using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.House;

/// <summary>Each rule stands beside a test that shows that it can fail.</summary>
public sealed class FloorPlanTests
{
    /// <summary>Who may touch the database besides Platform.Data and types named …Commands, …Queries or …Table; each with its reason.</summary>
    private static readonly string[] Writers =
    [
        "PremiumSupport.Desk.Tickets.TicketStore", "PremiumSupport.Desk.Tickets.TicketIntake", "PremiumSupport.Desk.Tickets.TicketEditing", "PremiumSupport.Desk.Tickets.TicketLane", "PremiumSupport.Desk.Tickets.TicketMarks", "PremiumSupport.Desk.Tickets.Files.MessageFiles", "PremiumSupport.Desk.Tickets.Calls.CallBook", "PremiumSupport.Desk.Tickets.Drafts.DraftBook", "PremiumSupport.Desk.Tickets.Sending.DeedsBook", // the insides of TicketCommands
        "PremiumSupport.Desk.Tickets.QueueRows", "PremiumSupport.Desk.Tickets.QueueProjection", "PremiumSupport.Desk.Tickets.SlaReports", // queries of another shape
        "PremiumSupport.Desk.Notifications.NotificationWriter", "PremiumSupport.Desk.Notifications.HeadsUps.HeadsUpWriter", // writes inside the transaction of the flag or the answer
        "PremiumSupport.Desk.Outbox.MailOutbox", "PremiumSupport.Desk.Outbox.StaffLinkMails", "PremiumSupport.Desk.Tickets.Mail.TicketMails", // write the mail inside the transaction of what causes it
        "PremiumSupport.Desk.Tickets.Terms", // what the rules are given, read in the transaction that decides
        "PremiumSupport.Platform.Audit.AuditBook", "PremiumSupport.Desk.Tickets.TicketAudit", // append inside the transaction of the change
        "PremiumSupport.Platform.Ledger.LedgerBook", // appends inside the transaction of whoever has a fact
        "PremiumSupport.Desk.Entitlements.Policies", "PremiumSupport.Desk.Entitlements.PolicyLedger", "PremiumSupport.Desk.Accounts.Workspace", "PremiumSupport.Desk.Accounts.CustomerDirectory",
        "PremiumSupport.Desk.Knowledge.ArticleWriter", "PremiumSupport.Desk.Knowledge.Search.TextSearch", // the insides of ArticleCommands and ArticleSearchQueries
        "PremiumSupport.Desk.Accounts.Import.ImportBatch", "PremiumSupport.Desk.Accounts.Import.ImportLine", // the insides of ImportCommands
        "PremiumSupport.Channels.Webhooks.WebhookCursor", // read and moved in the transaction of those who make messages
        "PremiumSupport.Platform.Identity.", // staff, keys and sessions are Identity's own rows
        "PremiumSupport.Desk.Tickets.TicketsSetup", // the start, before anybody is served
        "PremiumSupport.Platform.Web.WebSetup", // the readiness check
        "PremiumSupport.Api.Idempotency", // its own rows, beside the answers that they keep
        "PremiumSupport.Demo.", // seeds
    ];

    /// <summary>Who may construct or change the rows of a ticket.</summary>
    private static readonly string[] TicketWriters =
        ["PremiumSupport.Desk.Tickets.TicketCommands", "PremiumSupport.Desk.Tickets.TicketStore", "PremiumSupport.Desk.Tickets.TicketIntake", "PremiumSupport.Desk.Tickets.TicketEditing", "PremiumSupport.Desk.Tickets.TicketLane", "PremiumSupport.Desk.Tickets.TicketMarks", "PremiumSupport.Desk.Tickets.Sending.DeedsBook"];

    private static readonly string[] TicketRows =
        [.. new[] { typeof(Ticket), typeof(Obligation), typeof(PublicMessage), typeof(InternalNote), typeof(TicketEvent), typeof(FlagMark) }.Select(type => type.FullName!)];

    [Fact]
    public void Rooms_look_only_where_the_plan_lets_them() => Assert.Empty(FloorPlan.Drawn.Violations());

    [Theory]
    [InlineData("Api", "Desk.Tickets")]
    [InlineData("Desk.Tickets", "Sla")]
    [InlineData("Channels.Chat", "Platform.Identity")]
    [InlineData("Screens", "Platform.Ui")]
    public void A_look_that_is_not_on_the_plan_is_found(string from, string to) =>
        Assert.Contains(FloorPlan.Drawn.Flip(from, to).Violations(), violation => violation.StartsWith($"{from} -> {to}:", StringComparison.Ordinal));

    [Fact]
    public void No_way_along_the_plan_comes_back() => Assert.Null(FloorPlan.Drawn.Cycle());

    [Fact]
    public void A_way_that_comes_back_is_found() => Assert.NotNull(FloorPlan.Drawn.Flip("Sla", "Api").Cycle());

    [Fact]
    public void Every_type_lives_in_a_room() => Assert.Empty(FloorPlan.Drawn.Homeless());

    [Fact]
    public void A_room_that_is_not_on_the_plan_is_found() => Assert.Contains(typeof(FlagRun).FullName, FloorPlan.Drawn.Without("Desk.Tickets").Homeless());

    [Fact]
    public void Nobody_looks_into_the_screens_the_api_or_the_demo() =>
        Assert.DoesNotContain(FloorPlan.Drawn.Arrows, room => room.Value.Intersect(["Screens", "Api", "Demo"]).Any());

    [Fact]
    public void The_promise_needs_nothing_but_the_base_library_and_NodaTime() => Assert.Empty(Foreign("PremiumSupport.Sla"));

    [Fact]
    public void A_foreign_library_in_the_promise_would_be_found() => Assert.Contains(Foreign("PremiumSupport.Desk.Tickets"), name => name.Contains("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));

    [Fact]
    public void Components_reach_data_hubs_and_jobs_through_nobody_but_the_rooms_below() => Assert.Empty(FloorPlan.Types.Where(IsComponent).SelectMany(Machinery));

    [Fact]
    public void There_are_components_and_machinery_would_be_found_in_them()
    {
        Assert.True(FloorPlan.Types.Count(IsComponent) > 20);
        Assert.NotEmpty(Machinery(Of("PremiumSupport.Desk.Tickets.TicketQueries")));
        Assert.NotEmpty(Machinery(Of("PremiumSupport.Channels.Chat.ChatFanout")));
        Assert.NotEmpty(Machinery(Of("PremiumSupport.Monitoring.MonitoringSetup")));
    }

    [Fact]
    public void Only_commands_queries_and_those_named_here_touch_the_database() =>
        Assert.Empty(FloorPlan.Types.Where(type => UsesContext(type) && !MayUseContext(type, Writers)).Select(type => type.FullName));

    [Fact]
    public void Touching_the_database_without_being_named_is_found()
    {
        var named = FloorPlan.Types.Where(type => UsesContext(type) && !MayUseContext(type, [])).Select(type => type.FullName).ToList();
        Assert.Contains("PremiumSupport.Desk.Tickets.TicketStore", named);
        Assert.Contains("PremiumSupport.Api.Idempotency", named);
    }

    [Fact]
    public void Only_ticket_commands_and_its_insides_make_or_change_tickets() => Assert.DoesNotContain(TicketChanges(), change => !TicketWriters.Contains(change.Writer));

    [Fact]
    public void Making_and_changing_tickets_is_seen_where_it_happens()
    {
        var changes = TicketChanges().ToList();
        Assert.Contains(changes, change => change.Writer == TicketWriters[2] && change.Member.Contains("Ticket::.ctor", StringComparison.Ordinal));
        Assert.Contains(changes, change => change.Writer == TicketWriters[1] && change.Member.Contains("set_NextDueAt", StringComparison.Ordinal));
        Assert.Contains(changes, change => change.Writer == TicketWriters[0] && change.Member.Contains("InternalNote::.ctor", StringComparison.Ordinal));
    }

    private static IType Of(string fullName) => FloorPlan.Types.Single(type => type.FullName == fullName);

    private static IEnumerable<string> Foreign(string room) => FloorPlan.Types
        .Where(type => IsIn(room, FloorPlan.NamespaceOf(type)))
        .SelectMany(type => type.Dependencies.Select(dependency => (From: type.FullName, To: dependency.Target)))
        .Where(use => FloorPlan.NamespaceOf(use.To) is var name && name.Length > 0 && !IsIn(room, name) && name != "System" && !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("NodaTime", StringComparison.Ordinal)
            // What the compiler embeds for nullability and the like.
            && !name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
        .Select(use => $"{use.From} -> {use.To.FullName}")
        .Distinct();

    private static bool IsIn(string room, string name) => name == room || name.StartsWith(room + ".", StringComparison.Ordinal);

    private static bool IsComponent(IType type) => type is Class { } component && component.InheritedClasses.Any(parent => parent.FullName == "Microsoft.AspNetCore.Components.ComponentBase");

    private static IEnumerable<string> Machinery(IType type) => type.Dependencies
        .Select(dependency => dependency.Target.FullName)
        .Where(name => name.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal) || name.StartsWith("Hangfire.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore.SignalR.IHubContext", StringComparison.Ordinal) || name == typeof(SupportDb).FullName || name == typeof(WriteQueue).FullName)
        .Distinct()
        .Select(name => $"{type.FullName} -> {name}");

    private static bool UsesContext(IType type) => type.Dependencies.Any(dependency =>
        dependency.Target.FullName == typeof(SupportDb).FullName || dependency.Target.FullName.StartsWith("Microsoft.EntityFrameworkCore.IDbContextFactory", StringComparison.Ordinal));

    private static bool MayUseContext(IType type, string[] named) =>
        type.FullName.StartsWith("PremiumSupport.Platform.Data.", StringComparison.Ordinal)
        || type.Name.EndsWith("Commands", StringComparison.Ordinal) || type.Name.EndsWith("Queries", StringComparison.Ordinal) || type.Name.EndsWith("Table", StringComparison.Ordinal)
        || named.Any(name => name.EndsWith('.') ? type.FullName.StartsWith(name, StringComparison.Ordinal) : type.FullName == name);

    private static IEnumerable<(string Writer, string Member)> TicketChanges() =>
        from type in FloorPlan.Types
        where !TicketRows.Contains(type.FullName)
        from call in type.Dependencies.OfType<MethodCallDependency>()
        where TicketRows.Contains(call.Target.FullName)
        let member = call.TargetMember.FullName
        where member.Contains("::.ctor", StringComparison.Ordinal) || member.Contains("::set_", StringComparison.Ordinal)
        select (type.FullName, member);
}
