using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Macros;

namespace PremiumSupport.Demo;

/// <summary>A few macros, one for each thing that a macro can do.</summary>
internal static class DemoMacros
{
    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<MacroInput> All { get; } =
    [
        new("Ask for a recording", "Hello {{requester.first_name | default: \"there\"}},\n\nto see what you see: could you record the screen while it happens, with the developer tools open? {{cursor}}\n\nBest regards\n{{agent.first_name}}", TicketStatus.Waiting, ["needs-recording"], TakesTicket: true),
        new("Known incident", "Hello {{requester.first_name | default: \"there\"}},\n\nthis is part of an incident that we are working on right now. {{cursor}} We write to you as soon as it is over; you need not do anything.\n\nBest regards\n{{agent.first_name}}", null, ["incident"], TakesTicket: true),
        new("Solved, please check", "Hello {{requester.first_name | default: \"there\"}},\n\n{{cursor}}\n\nIt works again on our side. If you see it once more, answer here and {{ticket.number}} is open again.\n\nBest regards\n{{agent.first_name}}", TicketStatus.Solved, [], TakesTicket: false),
        new("Take and look into it", "", null, [], TakesTicket: true),
    ];
}
