using System.Text;

namespace PremiumSupport.Platform.Files;

/// <summary>Tells what a file is from its first bytes. A name decides only where the bytes leave it open: among texts, among zipped documents, and for what a system would run by its name alone.</summary>
public static class FileSignatures
{
    /// <summary>How many of the first bytes it looks at; fewer if the file is shorter.</summary>
    public const int Length = 4096;

    private static readonly FileKind Program = new("application/x-msdownload", FileFamily.Program, "EXE");
    private static readonly FileKind Script = new("text/x-script", FileFamily.Program, "SCRIPT");
    private static readonly FileKind Zip = new("application/zip", FileFamily.Archive, "ZIP");

    // Offset, bytes (a dot stands for any byte), kind.
    private static readonly (int Offset, byte?[] Bytes, FileKind Kind)[] Table =
    [
        Row(0, "89 50 4E 47 0D 0A 1A 0A", "image/png", FileFamily.Image, "PNG"),
        Row(0, "FF D8 FF", "image/jpeg", FileFamily.Image, "JPEG"),
        Row(0, "47 49 46 38", "image/gif", FileFamily.Image, "GIF"),
        Row(0, "52 49 46 46 . . . . 57 45 42 50", "image/webp", FileFamily.Image, "WEBP"),
        Row(0, "42 4D . . . . 00 00 00 00", "image/bmp", FileFamily.Image, "BMP"),
        Row(0, "49 49 2A 00", "image/tiff", FileFamily.Image, "TIFF"),
        Row(0, "4D 4D 00 2A", "image/tiff", FileFamily.Image, "TIFF"),
        Row(4, "66 74 79 70 68 65 69", "image/heic", FileFamily.Image, "HEIC"),
        Row(4, "66 74 79 70 61 76 69 66", "image/avif", FileFamily.Image, "AVIF"),
        Row(0, "25 50 44 46 2D", "application/pdf", FileFamily.Document, "PDF"),
        Row(0, "7B 5C 72 74 66", "application/rtf", FileFamily.Document, "RTF"),
        Row(0, "D0 CF 11 E0 A1 B1 1A E1", "application/x-ole-storage", FileFamily.Document, "OLE"),
        Row(0, "1F 8B", "application/gzip", FileFamily.Archive, "GZ"),
        Row(0, "37 7A BC AF 27 1C", "application/x-7z-compressed", FileFamily.Archive, "7Z"),
        Row(0, "52 61 72 21 1A 07", "application/vnd.rar", FileFamily.Archive, "RAR"),
        Row(257, "75 73 74 61 72", "application/x-tar", FileFamily.Archive, "TAR"),
        Row(0, "49 44 33", "audio/mpeg", FileFamily.Audio, "MP3"),
        Row(0, "4F 67 67 53", "audio/ogg", FileFamily.Audio, "OGG"),
        Row(0, "52 49 46 46 . . . . 57 41 56 45", "audio/wav", FileFamily.Audio, "WAV"),
        Row(4, "66 74 79 70", "video/mp4", FileFamily.Video, "MP4"),
        Row(0, "1A 45 DF A3", "video/webm", FileFamily.Video, "WEBM"),
        Row(0, "4D 5A", Program),
        Row(0, "7F 45 4C 46", "application/x-elf", FileFamily.Program, "ELF"),
        Row(0, "CA FE BA BE", "application/x-mach-binary", FileFamily.Program, "MACH-O"),
        Row(0, "CF FA ED FE", "application/x-mach-binary", FileFamily.Program, "MACH-O"),
        Row(0, "4C 00 00 00 01 14 02 00", "application/x-ms-shortcut", FileFamily.Program, "LNK"),
        Row(0, "23 21", Script),
    ];

    // What runs by its name alone, whatever its bytes are.
    private static readonly HashSet<string> Runs = new(StringComparer.OrdinalIgnoreCase)
    {
        ".exe", ".com", ".scr", ".pif", ".msi", ".msix", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".jar", ".lnk", ".reg", ".cpl", ".dll", ".sh", ".command", ".app", ".apk", ".dmg",
    };

    private static readonly Dictionary<string, FileKind> Zipped = new(StringComparer.OrdinalIgnoreCase)
    {
        [".docx"] = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", FileFamily.Document, "DOCX"),
        [".xlsx"] = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileFamily.Document, "XLSX"),
        [".pptx"] = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", FileFamily.Document, "PPTX"),
        [".odt"] = new("application/vnd.oasis.opendocument.text", FileFamily.Document, "ODT"),
        [".ods"] = new("application/vnd.oasis.opendocument.spreadsheet", FileFamily.Document, "ODS"),
    };

    private static readonly Dictionary<string, FileKind> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = new("text/csv", FileFamily.Text, "CSV"),
        [".json"] = new("application/json", FileFamily.Text, "JSON"),
        [".har"] = new("application/json", FileFamily.Text, "HAR"),
        [".md"] = new("text/markdown", FileFamily.Text, "MD"),
        [".log"] = new("text/plain", FileFamily.Text, "LOG"),
    };

    /// <summary>The kind of a file.</summary>
    /// <param name="head">Its first <see cref="Length"/> bytes, or all of it.</param>
    /// <param name="name">What it calls itself.</param>
    public static FileKind Of(ReadOnlySpan<byte> head, string name)
    {
        var extension = Path.GetExtension(name);
        var kind = ByBytes(head, extension);
        return kind.Family != FileFamily.Program && Runs.Contains(extension) ? new(Script.MediaType, FileFamily.Program, extension[1..].ToUpperInvariant()) : kind;
    }

    private static FileKind ByBytes(ReadOnlySpan<byte> head, string extension)
    {
        foreach (var (offset, bytes, kind) in Table)
        {
            if (Fits(head, offset, bytes))
            {
                return kind;
            }
        }

        if (head.StartsWith("PK\x03\x04"u8))
        {
            return Zipped.TryGetValue(extension, out var document) && (head.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf("mimetypeapplication/"u8) >= 0) ? document : Zip;
        }

        return AsText(head) is { } text ? OfText(text, extension) : FileKind.Unknown;
    }

    private static FileKind OfText(string text, string extension)
    {
        var start = text.TrimStart('\ufeff', ' ', '\t', '\r', '\n');
        return Has(start, "<svg") ? new("image/svg+xml", FileFamily.Image, "SVG")
            : Has(start, "<!doctype html") || Has(start, "<html") || Has(start, "<script") || Has(start, "<body") ? new("text/html", FileFamily.Text, "HTML")
            : start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) ? new("application/xml", FileFamily.Text, "XML")
            : Texts.TryGetValue(extension, out var kind) ? kind
            : new("text/plain", FileFamily.Text, "TXT");
    }

    private static bool Has(string text, string word) => text.StartsWith('<') && text.Contains(word, StringComparison.OrdinalIgnoreCase);

    // UTF-8 without zeros, or UTF-16 that says so. A character cut in two at the end of what was looked at is no reason to doubt.
    private static string? AsText(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (head[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(head[2..]);
        }

        if (head.IndexOf((byte)0) >= 0)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(head);
        var broken = text.AsSpan().TrimEnd('\ufffd').Contains('\ufffd');
        // Old 8-bit texts have few of those; anything else has many.
        return broken && text.Count(c => c == '\ufffd') > text.Length / 8 ? null : text;
    }

    private static bool Fits(ReadOnlySpan<byte> head, int offset, byte?[] bytes)
    {
        if (head.Length < offset + bytes.Length)
        {
            return false;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is { } expected && head[offset + i] != expected)
            {
                return false;
            }
        }

        return true;
    }

    private static (int, byte?[], FileKind) Row(int offset, string bytes, string mediaType, FileFamily family, string format) => Row(offset, bytes, new(mediaType, family, format));

    private static (int, byte?[], FileKind) Row(int offset, string bytes, FileKind kind) =>
        (offset, [.. bytes.Split(' ').Select(word => word == "." ? (byte?)null : Convert.ToByte(word, 16))], kind);
}
