using SkiaSharp;

namespace PremiumSupport.Platform.Files;

/// <summary>What became of looking at a file as a picture.</summary>
/// <param name="Width">As it is shown, turned upright; null when it is no picture that we can open.</param>
/// <param name="Made">Whether the preview was written.</param>
public sealed record Preview(int? Width, int? Height, bool Made)
{
    /// <summary>The file is shown by name only.</summary>
    public static Preview None { get; } = new(null, null, false);

    /// <summary>Set when its header promises more points than are opened.</summary>
    public FileProblem? Problem { get; init; }
}

/// <summary>
/// Makes the one thing of a stranger's picture that is ever shown inline: new pixels, encoded by us, upright, without anything else that the file held: no EXIF, no place, no profile, no
/// script (trust rule 15).
/// </summary>
public static class PicturePreview
{
    /// <summary>The longer side of a preview, in points: enough to read a screenshot.</summary>
    public const int Longest = 1280;

    /// <summary>The kind of every preview.</summary>
    public const string MediaType = "image/webp";

    private const int Quality = 80;

    // A picture takes four bytes a point while it is open: one at a time, or a few strangers could fill the memory.
    private static readonly SemaphoreSlim One = new(1, 1);

    // Vector pictures are not among them: they can hold scripts. What a phone alone can open is shown by name.
    private static readonly HashSet<string> Raster = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"];

    /// <summary>Writes the preview of a picture; of an animation its first frame. A picture that cannot be opened has none, and is a file like any other.</summary>
    /// <param name="kind">What the file is by its bytes.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="target">Where the preview goes.</param>
    /// <param name="mostPixels">Read from the header before anything is decoded.</param>
    /// <param name="cancellation">Gives up waiting for its turn.</param>
    public static async Task<Preview> MakeAsync(FileKind kind, string path, Func<Stream> target, long mostPixels, CancellationToken cancellation)
    {
        if (!Raster.Contains(kind.MediaType))
        {
            return Preview.None;
        }

        await One.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Make(path, target, mostPixels), cancellation);
        }
        finally
        {
            One.Release();
        }
    }

    private static Preview Make(string path, Func<Stream> target, long mostPixels)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null || codec.Info is not { Width: > 0, Height: > 0 } info)
        {
            return Preview.None;
        }

        if ((long)info.Width * info.Height > mostPixels)
        {
            return Preview.None with { Problem = FileProblem.TooManyPixels(info.Width, info.Height, mostPixels) };
        }

        var isTurned = codec.EncodedOrigin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = isTurned ? (info.Height, info.Width) : (info.Width, info.Height);
        var size = new Preview(width, height, false);
        var factor = Math.Min(1f, Longest / (float)Math.Max(width, height));
        // Some formats decode straight to a fraction of their size, which saves most of the memory.
        var decoded = codec.GetScaledDimensions(factor);
        using var bitmap = new SKBitmap(new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            return size;
        }

        var (across, down) = (Math.Max(1, (int)Math.Round(width * factor)), Math.Max(1, (int)Math.Round(height * factor)));
        using var upright = new SKBitmap(new SKImageInfo(across, down, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        using (var canvas = new SKCanvas(upright))
        {
            canvas.Clear(SKColors.Transparent);
            canvas.Scale((float)across / (isTurned ? decoded.Height : decoded.Width), (float)down / (isTurned ? decoded.Width : decoded.Height));
            var turn = Upright(codec.EncodedOrigin, decoded.Width, decoded.Height);
            canvas.Concat(in turn);
            using var image = SKImage.FromBitmap(bitmap);
            canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        using var data = upright.Encode(SKEncodedImageFormat.Webp, Quality);
        if (data is null)
        {
            return size;
        }

        using var written = target();
        data.SaveTo(written);
        (written as FileStream)?.Flush(flushToDisk: true);
        return size with { Made = true };
    }

    /// <summary>Turns the stored picture, of that size, the way its camera says it was held.</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
