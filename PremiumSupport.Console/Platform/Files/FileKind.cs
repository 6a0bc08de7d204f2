namespace PremiumSupport.Platform.Files;

/// <summary>What a file is, by its first bytes rather than by what it calls itself.</summary>
/// <param name="MediaType">As registered, e.g. <c>image/png</c>.</param>
/// <param name="Family">What an admin allows or forbids.</param>
/// <param name="Format">A short word that people know in any language, e.g. <c>PNG</c>.</param>
public sealed record FileKind(string MediaType, FileFamily Family, string Format)
{
    /// <summary>Bytes of no kind that we know.</summary>
    public static FileKind Unknown { get; } = new("application/octet-stream", FileFamily.Other, "DATA");
}

/// <summary>Families of kinds. A program is whatever a double click would run.</summary>
public enum FileFamily { Image, Document, Text, Archive, Audio, Video, Program, Other }
