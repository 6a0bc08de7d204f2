using System.Globalization;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Publishing;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Api;

/// <summary>The policy by REST (rule 10): reading any version, trying a change, publishing the next one.</summary>
internal sealed class PolicyEndpoints(PolicyCommands commands, PolicyQueries queries, Policies policies)
{
    private const int MostVersions = 200;

    public async Task<IResult> GetAsync(HttpContext http)
    {
        var current = await queries.VersionsAsync(most: 1, cancellation: http.RequestAborted);
        return WireJson.Result(PolicyOut.Of(policies.Version(current[0].Version), current[0]));
    }

    public async Task<IResult> VersionAsync(int version, HttpContext http) =>
        await queries.VersionAsync(version, http.RequestAborted) is { } found
            ? WireJson.Result(PolicyOut.Of(policies.Version(version), found))
            : Problem.Result(404, "not-found", $"There is no policy version {version}.");

    public async Task<IResult> VersionsAsync(HttpContext http)
    {
        var query = new ApiQuery(http);
        var (limit, cursor) = (query.Long("limit") ?? 50, query.Long("cursor"));
        if (limit is < 1 or > MostVersions)
        {
            query.Refuse("limit", $"Say 1 to {MostVersions}.");
        }

        if (cursor is < 1 or > int.MaxValue)
        {
            query.Refuse("cursor", "That cursor is not one of ours; leave it out to begin anew.");
        }

        if (query.Refusal is { } invalid)
        {
            return invalid.ToResult();
        }

        var found = await queries.VersionsAsync((int?)cursor, (int)limit + 1, http.RequestAborted);
        var page = found.Take((int)limit).ToList();
        return WireJson.Result(new Page<PolicyVersionOut>([.. page.Select(PolicyVersionOut.Of)], found.Count > page.Count ? page[^1].Version.ToString(CultureInfo.InvariantCulture) : null));
    }

    public async Task<IResult> PreviewAsync(HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<PolicyInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var preview = await commands.PreviewAsync(input!.ToDraft(), http.Staff(), http.RequestAborted);
        return preview.Refusal is { } refusal ? refusal.ToResult() : WireJson.Result(PolicyPreviewOut.Of(preview.Value!));
    }

    public async Task<IResult> PutAsync(HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<PolicyInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var scope = PolicyScope.New;
        if (input!.ApplyTo is not null && !ApiBody.TryWord(input.ApplyTo, out scope))
        {
            return Refusal.Invalid(("applyTo", "Say new, for tickets opened from now on, or newAndOpen.")).ToResult();
        }

        var published = await commands.PublishAsync(input.ToDraft(), input.Note, scope, input.Version, http.Staff(), cancellation: http.RequestAborted);
        return published.Refusal is { } refusal ? refusal.ToResult() : WireJson.Result(PolicyOut.Of(published.Value!.Policy, published.Value.Version, published.Value.Moved));
    }
}
