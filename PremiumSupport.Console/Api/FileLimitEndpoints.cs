using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Api;

/// <summary>What may be uploaded: in force, and what of it was set here rather than inherited.</summary>
internal sealed record FileLimitsOut(FileLimits InForce, FileLimitChange? Set);

/// <summary>What may be uploaded, for the workspace and for one account. Admins only.</summary>
internal sealed class FileLimitEndpoints(FileLimitCommands limits)
{
    public Task<IResult> GetAsync(HttpContext http) => AnswerAsync(null, http);

    public Task<IResult> PutAsync(HttpContext http) => SetAsync(null, http);

    public async Task<IResult> GetOfAccountAsync(string account, HttpContext http) =>
        await limits.FindAccountAsync(account, http.RequestAborted) is { } id ? await AnswerAsync(id, http) : NoAccount();

    public async Task<IResult> PutOfAccountAsync(string account, HttpContext http) =>
        await limits.FindAccountAsync(account, http.RequestAborted) is { } id ? await SetAsync(id, http) : NoAccount();

    private async Task<IResult> SetAsync(Guid? accountId, HttpContext http)
    {
        var (change, problem) = await ApiBody.ReadAsync<FileLimitChange>(http);
        if (problem is not null)
        {
            return problem;
        }

        (string, string)[] errors = [.. change!.Problems()];
        if (errors.Length > 0)
        {
            return Refusal.Invalid(errors).ToResult();
        }

        await limits.SaveAsync(accountId, change, CallerReader.Staff(http.User)!, http.RequestAborted);
        return await AnswerAsync(accountId, http);
    }

    private async Task<IResult> AnswerAsync(Guid? accountId, HttpContext http) =>
        WireJson.Result(new FileLimitsOut(await limits.OfAsync(accountId, http.RequestAborted), await limits.SetAsync(accountId, http.RequestAborted)));

    private static IResult NoAccount() => Problem.Result(StatusCodes.Status404NotFound, "not-found", "There is no such account.");
}
