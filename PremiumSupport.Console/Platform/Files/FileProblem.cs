using PremiumSupport.Platform.Web;

namespace PremiumSupport.Platform.Files;

/// <summary>Why a file was not taken. When there is one, nothing of the file was kept.</summary>
/// <param name="Status">The HTTP status that says it.</param>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Sentence">For the person who sent it.</param>
public sealed record FileProblem(int Status, string Code, string Sentence)
{
    /// <summary>It has no bytes.</summary>
    public static FileProblem Empty { get; } = new(StatusCodes.Status400BadRequest, "empty-file", "The file is empty.");

    /// <summary>The disk is full, or so nearly that the database needs the rest.</summary>
    public static FileProblem NoRoom { get; } = new(StatusCodes.Status507InsufficientStorage, "storage-full", "There is no room for files on the server right now. What you wrote is safe; try the file again later.");

    /// <summary>The scanner did not answer, so nobody knows what is in it.</summary>
    public static FileProblem NotScanned { get; } = new(StatusCodes.Status503ServiceUnavailable, "scanner-unavailable", "Files are checked for viruses, and the check cannot be reached right now. What you wrote is safe; try the file again in a moment.");

    /// <summary>The scanner found something.</summary>
    public static FileProblem Infected { get; } = new(StatusCodes.Status422UnprocessableEntity, "infected", "The virus check found something in this file, so it was not taken.");

    /// <summary>More bytes than the account's limit.</summary>
    public static FileProblem TooLarge(long most) => new(StatusCodes.Status413PayloadTooLarge, "too-large", $"The file is too large; up to {FileSize.InWords(most)} fit.");

    /// <summary>A kind that the account's limits leave out.</summary>
    public static FileProblem KindNotAllowed(FileKind kind) => new(StatusCodes.Status415UnsupportedMediaType, "kind-not-allowed", $"Files of this kind ({kind.Format}) are not taken here.");

    /// <summary>A picture that would take too much memory to open.</summary>
    public static FileProblem TooManyPixels(int width, int height, long most) =>
        new(StatusCodes.Status413PayloadTooLarge, "too-many-pixels", FormattableString.Invariant($"The picture has {width:N0} × {height:N0} points; up to {most:N0} fit. Make it smaller and send it again."));

    /// <summary>The problem as an HTTP answer.</summary>
    public IResult ToResult() => Problem.Result(Status, Code, Sentence);
}

/// <summary>Sizes as people read them.</summary>
public static class FileSize
{
    /// <summary>Bytes in the largest unit that leaves a whole or nearly whole number, e.g. <c>25 MB</c>.</summary>
    public static string InWords(long bytes) => bytes switch
    {
        < 1 << 10 => FormattableString.Invariant($"{bytes} bytes"),
        < 1 << 20 => FormattableString.Invariant($"{bytes / 1024.0:0.#} KB"),
        < 1 << 30 => FormattableString.Invariant($"{bytes / 1048576.0:0.#} MB"),
        _ => FormattableString.Invariant($"{bytes / 1073741824.0:0.#} GB"),
    };
}
