using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Knowledge.Images;

/// <summary>An image that came up, or why it was not taken.</summary>
public sealed record ArticleImage(string Address, FileProblem? Problem = null);

/// <summary>
/// Keeps the images of articles, in a folder of their own beside the attachments: of what staff send only what we have drawn anew is kept (trust rule 15), under a name that
/// nobody can guess. It waits where it came in until a draft shows it; what none has shown a day later is deleted, and what lies in place never is.
/// </summary>
public sealed class ArticleImageCommands(StorageOptions storage, VirusScanner scanner, IDbContextFactory<SupportDb> factory, TimeProvider clock, ILogger<FileIntake> log)
{
    /// <summary>The largest file, in bytes.</summary>
    public const long Largest = 15L << 20;

    // An image that was just sent stands in nothing that was kept yet.
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private static readonly FileTerms Terms = new(Largest, [FileFamily.Image]);
    private static readonly FileProblem NoImage = new(StatusCodes.Status415UnsupportedMediaType, "no-image", "This is no image that can be shown. PNG, JPEG, WebP, GIF and BMP can.");
    private static readonly FileProblem NotAllowed = new(StatusCodes.Status403Forbidden, "forbidden", "Leads and admins write articles.");

    private readonly FileStore _store = new(storage with { Folder = Path.Combine(Path.GetDirectoryName(storage.Folder)!, "articles") });

    /// <summary>Takes an image in and says where it is served.</summary>
    /// <param name="announced">The size that the sender announces, if any.</param>
    public async Task<ArticleImage> ReceiveAsync(Stream body, long? announced, StaffCaller caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsLead)
        {
            return new("", NotAllowed);
        }

        var received = await new FileIntake(_store, storage, scanner, log).ReceiveAsync(body, announced, null, Terms, cancellation);
        if (received.Problem is not null)
        {
            return new("", received.Problem);
        }

        if (!received.Preview.Made)
        {
            _store.Delete(received.StoredName);
            return new("", NoImage);
        }

        var (width, height) = Shown(received.Preview.Width!.Value, received.Preview.Height!.Value);
        return new(ArticleHtml.AddressOf(received.StoredName, width, height));
    }

    /// <summary>Where the image of a name in <see cref="ArticleHtml.ImagePath"/> lies; null when there is none.</summary>
    public string? Find(string name)
    {
        var stored = name.Split('-')[0];
        return stored.Length == 32 && stored.All(char.IsAsciiHexDigitLower) ? _store.FindPreview(stored) : null;
    }

    /// <summary>Puts the images of a text that was kept in their place. A crash before that harms nothing: they are shown from where they came in as well.</summary>
    public void Keep(string markdown)
    {
        foreach (var name in ArticleHtml.Images(markdown).Where(name => Find(name) is not null))
        {
            _store.Keep(name);

            // What was sent may hold anything; only its picture is wanted.
            File.Delete(_store.PathOf(name));
        }
    }

    /// <summary>Deletes what came in and nothing shows. Returns how many images went.</summary>
    public async Task<int> ForgetAsync(CancellationToken cancellation = default)
    {
        var gone = 0;
        await using var db = await factory.CreateDbContextAsync(cancellation);
        foreach (var name in _store.IncomingBefore(clock.GetUtcNow() - Grace).ToList())
        {
            if (!await db.Set<ArticleVersion>().AnyAsync(version => version.Body.Contains(name), cancellation) && !await db.Set<ArticleDraft>().AnyAsync(draft => draft.Body.Contains(name), cancellation))
            {
                _store.Delete(name);
                gone++;
            }
        }

        return gone;
    }

    private static (int Width, int Height) Shown(int width, int height)
    {
        var factor = Math.Min(1f, PicturePreview.Longest / (float)Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * factor)), Math.Max(1, (int)Math.Round(height * factor)));
    }
}
