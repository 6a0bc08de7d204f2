using PremiumSupport.Platform.Web;

namespace PremiumSupport.Desk.Tickets;

/// <summary>A refusal as an HTTP answer.</summary>
public static class RefusalResult
{
    /// <summary>Problem details with the refusal's code, sentence and fields.</summary>
    public static IResult ToResult(this Refusal refusal) => Problem.Result(
        refusal.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status409Conflict,
        },
        refusal.Code, refusal.Message, refusal.Errors);
}
