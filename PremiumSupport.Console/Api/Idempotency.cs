using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Api;

/// <summary>The answer that was given to a POST under an <c>Idempotency-Key</c>.</summary>
public sealed class IdempotentAnswer
{
    /// <summary>Hash of caller and key.</summary>
    public required string Id { get; set; }

    /// <summary>Hash of method, address and body: another one under the same key is a mistake of the caller.</summary>
    public required string Request { get; set; }

    public int Status { get; set; }
    public required string ContentType { get; set; }
    public required byte[] Body { get; set; }
    public DateTimeOffset AnsweredAt { get; set; }
}

internal sealed class IdempotentAnswersTable : IEntityTypeConfiguration<IdempotentAnswer>
{
    public void Configure(EntityTypeBuilder<IdempotentAnswer> builder)
    {
        builder.ToTable("IdempotentAnswers");
        builder.HasKey(answer => answer.Id);
        builder.Property(answer => answer.Id).HasMaxLength(64);
        builder.Property(answer => answer.Request).HasMaxLength(64);
    }
}

/// <summary>
/// The same key and body give the same answer and no second effect; another body gives 422. An answer that a crash kept from being stored is made again,
/// and what it did is found by the message id that is derived from the key.
/// </summary>
internal sealed class Idempotency(IDbContextFactory<SupportDb> factory, WriteQueue writes, INodeLocks nodes, TimeProvider clock) : IEndpointFilter
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    // Requests of the same key wait for each other; 64 lanes keep strangers apart well enough, and a lock keeps out those that another node has taken in.
    private static readonly SemaphoreSlim[] Lanes = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    private static readonly PreparedStatement<IdempotentAnswer> NewAnswer = new();

    /// <summary>The id of the message that a keyed POST writes; null without a key.</summary>
    public static string? MessageId(HttpContext http, StaffCaller caller) =>
        http.Request.Headers[Header].ToString() is { Length: > 0 } key ? Hash($"{caller.StaffId}\n{key}") : null;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || http.Request.Headers[Header].ToString() is not { Length: > 0 } key)
        {
            return await next(context);
        }

        if (key.Length > LongestKey)
        {
            return Problem.Result(400, "invalid", $"An Idempotency-Key has at most {LongestKey} characters.");
        }

        if (http.Request.ContentLength > ApiBody.LargestBody)
        {
            return ApiBody.TooLarge();
        }

        // The buffer is bounded by the endpoint's own size limit; what is given here is only how much of it stays in memory.
        http.Request.EnableBuffering(ApiBody.LargestBody);
        string request;
        try
        {
            request = await FingerprintAsync(http);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiBody.TooLarge();
        }

        if (http.Request.Body.Length > ApiBody.LargestBody)
        {
            return ApiBody.TooLarge();
        }

        var id = Hash($"{http.Staff().StaffId}\n{key}");
        var lane = Lanes[Convert.ToInt32(id[..4], 16) % Lanes.Length];
        await lane.WaitAsync(http.RequestAborted);
        // From here on a caller that hangs up changes nothing: its effect and its answer are stored together, or a retry would have a second effect.
        http.RequestAborted = CancellationToken.None;
        try
        {
            await using var alone = await nodes.TakeAsync(id, http.RequestAborted);
            return await FindAsync(id, http.RequestAborted) switch
            {
                null => await AnswerAsync(id, request, context, next),
                { } known when known.Request == request => new Replay(known),
                _ => Problem.Result(422, "idempotency-key-reused", "This Idempotency-Key was used for another request. Mint a new one for each."),
            };
        }
        finally
        {
            lane.Release();
        }
    }

    private async Task<IdempotentAnswer?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<IdempotentAnswer>().AsNoTracking().SingleOrDefaultAsync(answer => answer.Id == id, cancellation);
    }

    private async Task<object?> AnswerAsync(string id, string request, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var result = await next(context);
        if (result is not IResult answer)
        {
            return result;
        }

        var wire = http.Response.Body;
        using var captured = new MemoryStream();
        http.Response.Body = captured;
        try
        {
            await answer.ExecuteAsync(http);
        }
        finally
        {
            http.Response.Body = wire;
        }

        // A failure of ours may be tried again under the same key; everything else is the answer.
        if (http.Response.StatusCode < 500)
        {
            var stored = new IdempotentAnswer
            {
                Id = id,
                Request = request,
                Status = http.Response.StatusCode,
                ContentType = http.Response.ContentType ?? "application/json",
                Body = captured.ToArray(),
                AnsweredAt = clock.GetUtcNow(),
            };
            await writes.RunAsync(db => NewAnswer.FirstAsync(db, stored));
        }

        captured.Position = 0;
        await captured.CopyToAsync(wire, http.RequestAborted);
        return Results.Empty;
    }

    private static async Task<string> FingerprintAsync(HttpContext http)
    {
        var body = await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
        http.Request.Body.Position = 0;
        return Hash($"{http.Request.Method}\n{http.Request.Path}\n{Convert.ToHexStringLower(body)}");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class Replay(IdempotentAnswer answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = answer.Status;
            httpContext.Response.ContentType = answer.ContentType;
            await httpContext.Response.Body.WriteAsync(answer.Body, httpContext.RequestAborted);
        }
    }
}
