using System.Text.Json;

namespace PremiumSupport.Platform.Web;

/// <summary>Reads request bodies so that a malformed one is answered with the field's name and a sentence, not with a parser's words.</summary>
internal static class ApiBody
{
    /// <summary>Bodies up to this many bytes; a message of 100,000 characters fits at six bytes each.</summary>
    public const int LargestBody = 1 << 20;

    /// <summary>Up to here a body that is too large is read all the same, so that its sender hears the answer; beyond it the connection is cut.</summary>
    public const int LargestRead = 4 << 20;

    /// <summary>The body as <typeparamref name="T"/>, or the problem to answer with.</summary>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext http)
        where T : class
    {
        if (http.Request.ContentLength > LargestBody)
        {
            return (null, TooLarge());
        }

        if (http.Request.ContentType is { Length: > 0 } && !http.Request.HasJsonContentType())
        {
            return (null, Problem.Result(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Send JSON, with Content-Type: application/json."));
        }

        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            if (body.Length > LargestBody)
            {
                return (null, TooLarge());
            }

            body.Position = 0;
            var value = await JsonSerializer.DeserializeAsync<T>(body, WireJson.Options, http.RequestAborted);
            return value is null ? (null, Problem.Result(400, "invalid", "The body is empty; a JSON object is expected.")) : (value, null);
        }
        catch (JsonException malformed)
        {
            var field = (malformed.Path ?? "").TrimStart('$', '.');
            return field.Length == 0
                ? (null, Problem.Result(400, "malformed", "The body is not JSON that we understand."))
                : (null, Problem.Result(400, "invalid", $"'{field}' is not of the kind that is expected.", new Dictionary<string, string[]> { [field] = ["Not of the kind that is expected."] }));
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge());
        }
    }

    /// <summary>The answer to a body beyond <see cref="LargestBody"/>, whether it announced its length or not.</summary>
    public static IResult TooLarge() => Problem.Result(StatusCodes.Status413PayloadTooLarge, "too-large", $"A request has at most {LargestBody:N0} bytes.");

    /// <summary>The member of that word, in any letter case; false when the word is none.</summary>
    public static bool TryWord<T>(string? word, out T member)
        where T : struct, Enum =>
        Enum.TryParse(word, ignoreCase: true, out member) && Enum.IsDefined(member) && word!.All(char.IsLetter);
}
