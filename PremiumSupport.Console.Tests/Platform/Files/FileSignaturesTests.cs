using System.Text;
using PremiumSupport.Platform.Files;

namespace PremiumSupport.Tests.Platform.Files;

/// <summary>A file is what its bytes are, whatever it calls itself.</summary>
public sealed class FileSignaturesTests
{
    public static TheoryData<string, byte[], string, FileFamily> Kinds => new()
    {
        { "photo.png", TestPictures.Png(), "image/png", FileFamily.Image },
        { "photo.png", TestPictures.JpegOfACamera(), "image/jpeg", FileFamily.Image },
        { "photo.png", [0x4D, 0x5A, 0x90, 0, 3], "application/x-msdownload", FileFamily.Program },
        { "photo.jpg", [0x7F, 0x45, 0x4C, 0x46, 2, 1], "application/x-elf", FileFamily.Program },
        { "notes.txt", Encoding.UTF8.GetBytes("#!/bin/sh\nrm -rf /"), "text/x-script", FileFamily.Program },
        { "photo.png", Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"), "image/svg+xml", FileFamily.Image },
        { "photo.png", Encoding.UTF8.GetBytes("\ufeff <?xml version=\"1.0\"?>\n<!-- hello --><SVG/>"), "image/svg+xml", FileFamily.Image },
        { "photo.gif", Encoding.UTF8.GetBytes("<!DOCTYPE HTML><script>alert(1)</script>"), "text/html", FileFamily.Text },
        { "report.pdf", Encoding.ASCII.GetBytes("%PDF-1.7\n%âãÏÓ"), "application/pdf", FileFamily.Document },
        { "book.xlsx", [.. "PK\x03\x04"u8, .. new byte[20], .. "[Content_Types].xml"u8], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileFamily.Document },
        { "book.xlsx", [.. "PK\x03\x04"u8, .. new byte[20], .. "evil.exe"u8], "application/zip", FileFamily.Archive },
        { "all.csv", Encoding.UTF8.GetBytes("a;b\n1;2"), "text/csv", FileFamily.Text },
        { "all.csv", [0, 1, 2, 3], "application/octet-stream", FileFamily.Other },
        { "run.bat", Encoding.UTF8.GetBytes("@echo off"), "text/x-script", FileFamily.Program },
        { "page.hta", Encoding.UTF8.GetBytes("<html>"), "text/x-script", FileFamily.Program },
        { "words.txt", Encoding.Latin1.GetBytes("Grüße aus München, und viele mehr davon"), "text/plain", FileFamily.Text },
        { "words.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Grüße")], "text/plain", FileFamily.Text },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_bytes_decide(string name, byte[] bytes, string mediaType, FileFamily family)
    {
        var kind = FileSignatures.Of(bytes.AsSpan(0, Math.Min(bytes.Length, FileSignatures.Length)), name);
        Assert.Equal((mediaType, family), (kind.MediaType, kind.Family));
    }

    [Fact]
    public void A_text_cut_inside_a_character_is_still_a_text()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('ü', 4000)).AsSpan(0, 4095);
        Assert.Equal("text/plain", FileSignatures.Of(bytes, "a.txt").MediaType);
    }

    [Fact]
    public void Random_bytes_never_fail()
    {
        var random = new Random(15);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 300)];
            random.NextBytes(bytes);
            Assert.NotNull(FileSignatures.Of(bytes, "x.png"));
        }
    }
}
