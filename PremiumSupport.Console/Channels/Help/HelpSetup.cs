using Microsoft.AspNetCore.Http.HttpResults;
using PremiumSupport.Channels.Help.Embedding;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets.Exceptions;
using PremiumSupport.Desk.Tickets.Mail;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;
using PremiumSupport.Platform.Web.Limits;

namespace PremiumSupport.Channels.Help;

/// <summary>Registers the customers' pages and the API behind them.</summary>
public static class HelpSetup
{
    private const string FramedPage = "framed-page";

    /// <summary>Adds pages, sessions, requests and articles of the widget.</summary>
    public static IHostApplicationBuilder AddHelp(this IHostApplicationBuilder builder)
    {
        var options = WidgetOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<CustomerModules>();
        builder.Services.AddSingleton<ContactQueries>();
        builder.Services.AddSingleton<WidgetLimits>();
        builder.Services.AddSingleton<SessionEndpoints>();
        builder.Services.AddSingleton<RequestEndpoints>();
        builder.Services.AddSingleton<ChatEndpoints>();
        builder.Services.AddSingleton<ArticleEndpoints>();
        ArticleImageEndpoints.AddHeaders(builder.Services);
        builder.Services.AddSingleton<WidgetOrigins>();
        builder.Services.AddSingleton<IAllowedOrigins>(services => services.GetRequiredService<WidgetOrigins>());
        builder.Services.AddSingleton<OriginQueries>();
        builder.Services.AddSingleton<OriginCommands>();
        builder.Services.AddHostedService<OriginWatch>();
        builder.Services.AddSingleton<EmbeddingGuide>();
        // Who may frame a page changes while the server runs, so its headers are looked up for each answer.
        builder.Services.AddSecurityHeaderPolicies()
            .AddPolicy(FramedPage, policy => CustomerHeaders.Framed(policy, options.AllowedOrigins))
            .SetPolicySelector(context => context.EndpointPolicyName == FramedPage
                ? context.HttpContext.RequestServices.GetRequiredService<WidgetOrigins>().Headers
                : context.SelectedPolicy);
        return builder;
    }

    /// <summary>Maps the pages and <c>/widget/v1</c>.</summary>
    public static void MapHelp(this IEndpointRouteBuilder app)
    {
        foreach (var module in new[] { "help", "chat" })
        {
            app.MapGet($"/{module}", (HttpContext http, WidgetOrigins origins, CustomerModules modules, TicketMails mails) => Page(http, module, origins, modules, mails))
                .AllowAnonymous().WithSecurityHeadersPolicy(FramedPage).WithMetadata(new NoSecretsInPage()).ExcludeFromDescription();
        }

        ArticleImageEndpoints.Map(app);
        MapApi(app.MapGroup("/widget/v1"), app.ServiceProvider);
    }

    private static void MapApi(RouteGroupBuilder widget, IServiceProvider services)
    {
        var limits = services.GetRequiredService<WidgetLimits>();
        var sessions = services.GetRequiredService<SessionEndpoints>();
        widget.MapPost("/session", (Delegate)sessions.BeginAsync).AllowAnonymous().Limit(limits.Sessions, ClientAddress.Of).WithSummary("Exchanges the vendor's identity token for a session");
        widget.MapGet("/session", (Delegate)sessions.ShowAsync).RequireAuthorization(Access.Customer).Limit(limits.Reads, Person).WithSummary("Who the session is and what they are offered");
        widget.MapDelete("/session", (Delegate)sessions.EndAsync).RequireAuthorization(Access.Customer).WithSummary("Ends the session");

        widget.MapGet("/notices", async (ExceptionQueries exceptions, HttpContext http) =>
                Results.Json(new Items<ExceptionNotice>(await exceptions.NoticesAsync(http.Customer(), http.RequestAborted))))
            .RequireAuthorization(Access.Customer).Limit(limits.Reads, Person).WithSummary("Response-time exceptions in force for the customer");

        var articles = services.GetRequiredService<ArticleEndpoints>();
        widget.MapGet("/articles", articles.SearchAsync).AllowAnonymous().Limit(limits.Articles, ClientAddress.Of).WithSummary("Articles that may answer a question");
        widget.MapGet("/shelves", articles.ShelvesAsync).AllowAnonymous().Limit(limits.Articles, ClientAddress.Of).WithSummary("All articles by category");
        widget.MapPost("/questions", (Delegate)articles.AskedAsync).AllowAnonymous().Limit(limits.Questions, ClientAddress.Of).WithSummary("What was asked and what came of it, for those who write articles");
        widget.MapGet("/articles/{slug}", articles.GetAsync).AllowAnonymous().Limit(limits.Articles, ClientAddress.Of).WithSummary("An article");
        widget.MapPost("/articles/{slug}/feedback", articles.RateAsync).AllowAnonymous().Limit(limits.Feedback, ClientAddress.Of).WithSummary("Was this helpful?");

        var requests = services.GetRequiredService<RequestEndpoints>();
        widget.MapPost("/tickets", (Delegate)requests.OpenAsync).RequireAuthorization(Access.Customer).Limit(limits.Requests, Person).WithSummary("Asks by email form or for a call back");
        widget.MapGet("/tickets", (Delegate)requests.ListAsync).RequireAuthorization(Access.Customer).Limit(limits.Reads, Person).WithSummary("One's own requests, newest first");
        widget.MapGet("/tickets/{number:long}", requests.GetAsync).RequireAuthorization(Access.Customer).Limit(limits.Reads, Person).WithSummary("One's own request");
        widget.MapPost("/tickets/{number:long}/messages", requests.PostAsync).RequireAuthorization(Access.Customer).Limit(limits.Messages, Person).WithSummary("Writes into one's own conversation");
        widget.MapPost("/tickets/{number:long}/close", requests.CloseAsync).RequireAuthorization(Access.Customer).Limit(limits.Messages, Person).WithSummary("Says that no more help is needed; what is owed stays owed");
        widget.MapPost("/tickets/{number:long}/reopen", requests.ReopenAsync).RequireAuthorization(Access.Customer).Limit(limits.Messages, Person).WithSummary("Opens a solved request again");
        widget.MapPost("/tickets/{number:long}/callback/cancel", requests.CancelCallAsync).RequireAuthorization(Access.Customer).Limit(limits.Messages, Person).WithSummary("Needs no call; a call that was late already stays late");
        widget.MapPut("/tickets/{number:long}/callback", requests.RescheduleCallAsync).RequireAuthorization(Access.Customer).Limit(limits.Messages, Person).WithSummary("Wants the call at another time, or on another number; it is promised anew from then");
        widget.MapPut("/tickets/{number:long}/rating", requests.RateAsync).RequireAuthorization(Access.Customer).Limit(limits.Messages, Person).WithSummary("Rates a solved request, or changes the rating while it may be changed");

        var chat = services.GetRequiredService<ChatEndpoints>();
        widget.MapGet("/chat/wait", chat.WaitAsync).RequireAuthorization(Access.Customer).Limit(limits.Reads, Person).WithSummary("Whether somebody is there, and how long a chat waits");
        widget.MapGet("/tickets/{number:long}/transcript", chat.TranscriptAsync).RequireAuthorization(Access.Customer).Limit(limits.Reads, Person).WithSummary("One's own conversation as a file");
        widget.MapPost("/tickets/{number:long}/transcript", chat.MailTranscriptAsync).RequireAuthorization(Access.Customer).Limit(limits.Requests, Person).WithSummary("Sends one's own conversation to one's own address");
        widget.Map("/{**rest}", () => Problem.Result(404, "not-found", "There is nothing at this address.")).AllowAnonymous().ExcludeFromDescription();
    }

    private static RazorComponentResult<CustomerPage> Page(HttpContext http, string module, WidgetOrigins origins, CustomerModules modules, TicketMails mails)
    {
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = "Accept-Language";
        return new(new Dictionary<string, object?>
        {
            [nameof(CustomerPage.Module)] = module,
            [nameof(CustomerPage.Modules)] = modules.Of(module),
            [nameof(CustomerPage.Language)] = CustomerTexts.Pick(http.Request),
            [nameof(CustomerPage.Embedded)] = http.Request.Query["embedded"] == "1",
            [nameof(CustomerPage.Settings)] = CustomerTexts.ToBlock(new { AllowedOrigins = origins.All, SendsMail = mails.IsOn }),
        });
    }

    private static string Person(HttpContext http) => http.Customer().ContactId.ToString("N");

    /// <summary>The customer of the session. The policy of each route has let nobody else in.</summary>
    internal static CustomerCaller Customer(this HttpContext http) =>
        CallerReader.Customer(http.User) ?? throw new InvalidOperationException("The widget's API was reached without a session.");
}
