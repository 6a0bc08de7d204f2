using Mono.Cecil;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Tests.House;

/// <summary>A public verb of a <c>…Commands</c> type, by what it comes to when it runs.</summary>
/// <param name="Writes">It hands work to the write queue.</param>
/// <param name="Notes">It appends to the audit log.</param>
internal sealed record Verb(string Name, bool Writes, bool Notes);

/// <summary>Follows calls through the compiled console, into lambdas and the machines that the compiler makes of async methods.</summary>
internal static class CommandCalls
{
    /// <summary>Rooms whose verbs change what others live with. Elsewhere staff works with tickets, drafts, views and articles, which tell their own history.</summary>
    private static readonly string[] Watched =
    [
        "Platform.Identity", "Desk.Accounts", "Desk.Files", "Desk.Entitlements", "Desk.Outbox", "Desk.Intake", "Desk.Tickets.Exceptions", "Desk.Tickets.Publishing", "Desk.Tickets.Calls", "Desk.Tickets.Next", "Desk.Tickets.Handing",
        "Channels",
    ];

    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(typeof(SupportDb).Assembly.Location);

    /// <summary>The verbs that take a member of staff in the rooms that are watched, and those that a page below <c>/admin</c> calls wherever they are.</summary>
    public static IReadOnlyList<Verb> AdminVerbs { get; } = Find();

    private static List<Verb> Find()
    {
        var types = Module.GetTypes().ToList();
        var fromPages = types.Where(type => Outermost(type).Namespace.StartsWith("PremiumSupport.Screens.Admin", StringComparison.Ordinal))
            .SelectMany(type => type.Methods).SelectMany(Called).Select(call => call.FullName).ToHashSet();
        return [.. types
            .Where(type => type.IsPublic && type.Namespace.StartsWith("PremiumSupport.", StringComparison.Ordinal) && type.Name.EndsWith("Commands", StringComparison.Ordinal))
            .SelectMany(type => type.Methods)
            .Where(method => method is { IsPublic: true, IsConstructor: false } && ((IsWatched(method) && method.Parameters.Any(parameter => parameter.ParameterType.FullName == typeof(StaffCaller).FullName)) || fromPages.Contains(method.FullName)))
            .Select(method => (Name: $"{method.DeclaringType.Name}.{method.Name}", Reached: Reached(method)))
            .Select(verb => new Verb(
                verb.Name,
                verb.Reached.Any(call => call.StartsWith($"{typeof(WriteQueue).FullName}::", StringComparison.Ordinal)),
                verb.Reached.Any(call => call == $"{typeof(AuditBook).FullName}::{nameof(AuditBook.Append)}")))];
    }

    private static bool IsWatched(MethodDefinition method) => Watched.Any(room => $"{method.DeclaringType.Namespace}.".StartsWith($"PremiumSupport.{room}.", StringComparison.Ordinal));

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>Every method that running this one may come to, as <c>Type::Method</c>.</summary>
    private static HashSet<string> Reached(MethodDefinition from)
    {
        var reached = new HashSet<string>();
        var seen = new HashSet<MethodDefinition>();
        var waiting = new Stack<MethodDefinition>([from]);
        while (waiting.TryPop(out var method))
        {
            if (!seen.Add(method))
            {
                continue;
            }

            foreach (var call in Called(method))
            {
                reached.Add($"{call.DeclaringType.GetElementType().FullName}::{call.Name}");

                // What the queue does with work is no deed of the verb's.
                if (call.DeclaringType.GetElementType().FullName != typeof(WriteQueue).FullName && call.Resolve() is { } known && known.Module == Module)
                {
                    waiting.Push(known);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<MethodReference> Called(MethodDefinition method)
    {
        var machine = method.CustomAttributes.Where(attribute => attribute.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal))
            .Select(attribute => ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve()).SelectMany(type => type.Methods).Where(step => step.Name == "MoveNext");
        var own = method.HasBody ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>() : [];
        return own.Where(IsOurs).Concat(machine);
    }

    // Those of the framework lead nowhere, and to look for them costs.
    private static bool IsOurs(MethodReference call) => call.DeclaringType.GetElementType().Scope == Module || call.DeclaringType.GetElementType() is TypeDefinition;
}
