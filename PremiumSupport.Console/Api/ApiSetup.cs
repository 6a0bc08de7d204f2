using Microsoft.AspNetCore.Mvc;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Api;

/// <summary>The REST API under <c>/api/v1</c>: an API key and nothing else opens it.</summary>
public static class ApiSetup
{
    /// <summary>Adds the API and its description.</summary>
    public static IHostApplicationBuilder AddApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TicketEndpoints>();
        builder.Services.AddSingleton<MessageEndpoints>();
        builder.Services.AddSingleton<CallEndpoints>();
        builder.Services.AddSingleton<PatchReader>();
        builder.Services.AddSingleton<ReportEndpoints>();
        builder.Services.AddSingleton<ExceptionEndpoints>();
        builder.Services.AddSingleton<NotificationEndpoints>();
        builder.Services.AddSingleton<LedgerEndpoints>();
        builder.Services.AddSingleton<PolicyEndpoints>();
        builder.Services.AddSingleton<FileLimitEndpoints>();
        builder.Services.AddSingleton<Idempotency>();
        builder.Services.AddOpenApi("v1");
        return builder;
    }

    /// <summary>Maps the endpoints.</summary>
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization(Access.Api)
            .WithMetadata(new RequestSizeLimitAttribute(ApiBody.LargestRead))
            .AddEndpointFilter(app.ServiceProvider.GetRequiredService<Idempotency>());
        MapTickets(api.MapGroup("").RequireAuthorization(Access.ApiTickets), app.ServiceProvider);
        MapExceptions(api.MapGroup("/sla/exceptions").RequireAuthorization(Access.ApiLead), app.ServiceProvider.GetRequiredService<ExceptionEndpoints>());
        MapNotifications(api.MapGroup("/notifications").RequireAuthorization(Access.ApiTickets), app.ServiceProvider.GetRequiredService<NotificationEndpoints>());
        var reports = app.ServiceProvider.GetRequiredService<ReportEndpoints>();
        api.MapGet("/reports/sla", (Delegate)reports.SlaAsync).RequireAuthorization(Access.ApiReports).WithSummary("Attainment and percentiles of a window");
        api.MapGet("/reports/sla.csv", (Delegate)reports.SlaCsvAsync).RequireAuthorization(Access.ApiReports).WithSummary("The same as a table");
        api.MapGet("/reports/claims", (Delegate)reports.ClaimsAsync).RequireAuthorization(Access.ApiReports).WithSummary("Claims of business critical and how many were declined");
        api.MapGet("/reports/ratings", (Delegate)reports.RatingsAsync).RequireAuthorization(Access.ApiReports).WithSummary("How customers found the help, by account or specialist");
        api.MapGet("/reports/callbacks", (Delegate)reports.CallbacksAsync).RequireAuthorization(Access.ApiReports).WithSummary("How the target of callbacks was kept, how many were reached, and what came of each attempt");
        api.MapGet("/reports/callbacks.csv", (Delegate)reports.CallbacksCsvAsync).RequireAuthorization(Access.ApiReports).WithSummary("The same as a table");
        api.MapPost("/reports/simulate", (Delegate)reports.SimulateAsync).RequireAuthorization(Access.ApiReports).WithSummary("Replays a period under another policy; changes nothing").Takes<SimulationInput>().Produces<SimulationOut>().ProducesProblem(400);
        MapLedger(api.MapGroup("/ledger").RequireAuthorization(Access.ApiReports), app.ServiceProvider.GetRequiredService<LedgerEndpoints>());
        MapFileLimits(api.MapGroup("").RequireAuthorization(Access.ApiAdmin), app.ServiceProvider.GetRequiredService<FileLimitEndpoints>());
        MapPolicy(api.MapGroup("/sla/policy"), app.ServiceProvider.GetRequiredService<PolicyEndpoints>());
        // Anything else under the API is a problem too, not a page.
        app.Map("/api/{**rest}", () => Problem.Result(404, "not-found", "There is nothing at this address.")).ExcludeFromDescription().AllowAnonymous();
        api.Map("/{**rest}", () => Problem.Result(404, "not-found", "There is nothing at this address.")).ExcludeFromDescription();
    }

    /// <summary>The staff member for whom the key acts. The policy of the group has let nobody else in.</summary>
    internal static StaffCaller Staff(this HttpContext http) =>
        CallerReader.Staff(http.User) ?? throw new InvalidOperationException("The API was reached without a staff key.");

    // Any type by route, because another one would not match and so be "not found"; ApiBody refuses what is not JSON in words.
    private static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint)
        where T : notnull => endpoint.Accepts<T>("application/json", "*/*");

    private static void MapLedger(RouteGroupBuilder api, LedgerEndpoints ledger)
    {
        api.MapGet("/statement/{account}", (Delegate)ledger.StatementAsync).WithSummary("Everything promised to an account in a window, from its chain; json or csv").Produces<StatementOut>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/verify", (Delegate)ledger.VerifyAsync).WithSummary("Recomputes every deadline and outcome from the ledger and names each difference").ProducesProblem(400);
        api.MapGet("/heads", (Delegate)ledger.HeadsAsync).WithSummary("The ends of all chains, signed").Produces<HeadSheet>().ProducesProblem(409);
        api.MapPost("/heads/check", (Delegate)ledger.CheckHeadsAsync).WithSummary("Whether the chains still contain heads that were exported before").Takes<HeadSheet>().ProducesProblem(400);
    }

    private static void MapFileLimits(RouteGroupBuilder api, FileLimitEndpoints limits)
    {
        api.MapGet("/file-limits", (Delegate)limits.GetAsync).WithSummary("What may be uploaded where nothing else is said for an account").Produces<FileLimitsOut>();
        api.MapPut("/file-limits", (Delegate)limits.PutAsync).WithSummary("Sets it; what is absent or null is as the product has it").Takes<FileLimitChange>().Produces<FileLimitsOut>().ProducesProblem(400);
        api.MapGet("/accounts/{account}/file-limits", limits.GetOfAccountAsync).WithSummary("What people of an account may upload").Produces<FileLimitsOut>().ProducesProblem(404);
        api.MapPut("/accounts/{account}/file-limits", limits.PutOfAccountAsync).WithSummary("Sets it; what is absent or null is as the workspace has it").Takes<FileLimitChange>().Produces<FileLimitsOut>().ProducesProblem(400).ProducesProblem(404);
    }

    private static void MapTickets(RouteGroupBuilder api, IServiceProvider services)
    {
        var tickets = services.GetRequiredService<TicketEndpoints>();
        var messages = services.GetRequiredService<MessageEndpoints>();
        var calls = services.GetRequiredService<CallEndpoints>();
        api.MapPost("/tickets", (Delegate)tickets.OpenAsync).WithSummary("Opens a ticket").Takes<TicketInput>().Produces<TicketOut>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(422);
        api.MapGet("/tickets/{number:long}", tickets.GetAsync).WithSummary("A ticket").Produces<TicketOut>().ProducesProblem(404);
        api.MapPatch("/tickets/{number:long}", tickets.PatchAsync).WithSummary("Changes a ticket; what is absent stays").Takes<TicketPatch>().Produces<TicketOut>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        api.MapGet("/tickets/{number:long}/messages", messages.ListAsync).WithSummary("Messages and notes after a sequence").Produces<Page<MessageOut>>().ProducesProblem(404);
        api.MapPost("/tickets/{number:long}/messages", messages.PostAsync).WithSummary("Answers, or adds an internal note").Takes<MessageInput>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/tickets/{number:long}/severity-decision", tickets.DecideClaimAsync).WithSummary("Confirms or declines a claim of business critical").Takes<DecisionInput>().Produces<TicketOut>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/tickets/{number:long}/merge", tickets.MergeAsync).WithSummary("Lets another ticket of the account carry this one on; answers that one").Takes<MergeInput>().Produces<TicketOut>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/tickets/{number:long}/split", tickets.SplitAsync).WithSummary("Makes a ticket of its own of a customer's message and what they wrote since").Takes<SplitInput>().Produces<TicketOut>(201).ProducesProblem(400).ProducesProblem(404);
        api.MapPost("/tickets/{number:long}/calls", calls.LogAsync).WithSummary("Records a call attempt").Takes<CallInput>().Produces<TicketOut>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        api.MapGet("/tickets/{number:long}/calls", calls.ListAsync).WithSummary("Calls and attempts, newest first; what was said stands among the notes").Produces<Page<CallOut>>().ProducesProblem(404);
        api.MapGet("/tickets/{number:long}/ledger", tickets.LedgerAsync).WithSummary("What was promised and what became of it").ProducesProblem(404);
        api.MapGet("/queue", tickets.QueueAsync).WithSummary("Open tickets, soonest deadline first").Produces<Page<TicketOut>>();
        api.MapGet("/search", tickets.SearchAsync).WithSummary("Tickets by number, subject, requester or account").Produces<Page<TicketOut>>();
    }

    private static void MapExceptions(RouteGroupBuilder api, ExceptionEndpoints exceptions)
    {
        api.MapGet("", exceptions.ListAsync).WithSummary("Response-time exceptions, last declared first").Produces<Page<ExceptionOut>>().ProducesProblem(400);
        api.MapPost("", (Delegate)exceptions.DeclareAsync).WithSummary("Proposes an exception").Takes<ExceptionInput>().Produces<ExceptionOut>(201).ProducesProblem(400).ProducesProblem(403);
        api.MapPost("/{id:guid}/approve", exceptions.ApproveAsync).WithSummary("Approves a proposal, as a second person, and says which deadlines moved").Produces<ExceptionOut>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{id:guid}/withdraw", exceptions.WithdrawAsync).WithSummary("Takes a proposal back").Produces<ExceptionOut>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private static void MapNotifications(RouteGroupBuilder api, NotificationEndpoints notifications)
    {
        api.MapGet("", notifications.ListAsync).WithSummary("What you were told of tickets at risk, newest first").Produces<Page<NotificationOut>>().ProducesProblem(400);
        api.MapPost("/{id:long}/acknowledge", notifications.AcknowledgeAsync).WithSummary("Says that you know").Produces(204).ProducesProblem(404);
    }

    // What is promised every member of staff may read; only an admin changes it, and only an admin sees which deadlines that would move.
    private static void MapPolicy(RouteGroupBuilder api, PolicyEndpoints policy)
    {
        api.MapGet("", (Delegate)policy.GetAsync).WithSummary("The policy in force");
        api.MapPut("", (Delegate)policy.PutAsync).RequireAuthorization(Access.ApiAdmin).WithSummary("Publishes the next version on top of the one that is named").Takes<PolicyInput>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        api.MapGet("/versions", (Delegate)policy.VersionsAsync).WithSummary("The policy's versions, newest first").Produces<Page<PolicyVersionOut>>().ProducesProblem(400);
        api.MapGet("/versions/{version:int}", policy.VersionAsync).WithSummary("A version as it was published").ProducesProblem(404);
        api.MapPost("/preview", (Delegate)policy.PreviewAsync).RequireAuthorization(Access.ApiAdmin).WithSummary("What a policy would change and which deadlines it would move").Takes<PolicyInput>().Produces<PolicyPreviewOut>().ProducesProblem(400).ProducesProblem(403);
    }
}
