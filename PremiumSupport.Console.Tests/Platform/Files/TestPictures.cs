using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace PremiumSupport.Tests.Platform.Files;

/// <summary>Pictures as people send them, and as nobody should.</summary>
internal static class TestPictures
{
    /// <summary>What a camera wrote beside the points; must never come out again.</summary>
    public const string Secret = "52.5200N 13.4050E, serial 4711";

    /// <summary>A PNG, red on its left half and blue on its right.</summary>
    public static byte[] Png(int width = 40, int height = 20) => Draw(width, height, SKEncodedImageFormat.Png);

    /// <summary>A JPEG of the same that says it was held upright by somebody who turned the camera, and where that was.</summary>
    public static byte[] JpegOfACamera(int width = 400, int height = 200)
    {
        var plain = Draw(width, height, SKEncodedImageFormat.Jpeg);
        // A TIFF directory of one entry, the orientation (6: turn it clockwise), and the secret behind it.
        byte[] directory = [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] exif = [.. "Exif\0\0"u8, .. directory, .. Encoding.ASCII.GetBytes(Secret)];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(exif.Length + 2));
        return [.. plain.AsSpan(0, 2), 0xFF, 0xE1, .. length, .. exif, .. plain.AsSpan(2)];
    }

    /// <summary>A PNG of a few bytes whose header promises so many points.</summary>
    public static byte[] Bomb(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var points = new MemoryStream();
        using (var zlib = new ZLibStream(points, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(new byte[1000]);
        }

        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Piece("IHDR", header), .. Piece("IDAT", points.ToArray()), .. Piece("IEND", [])];
    }

    private static byte[] Draw(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        using (var red = new SKPaint { Color = SKColors.Red })
        {
            canvas.Clear(SKColors.Blue);
            canvas.DrawRect(0, 0, width / 2f, height, red);
        }

        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    private static byte[] Piece(string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(body));
        return [.. length, .. body, .. sum];
    }

    private static uint Crc(byte[] body)
    {
        var sum = uint.MaxValue;
        foreach (var one in body)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
            }
        }

        return ~sum;
    }
}
