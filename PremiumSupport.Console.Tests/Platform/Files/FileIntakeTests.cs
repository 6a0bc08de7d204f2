using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PremiumSupport.Platform.Files;
using SkiaSharp;

namespace PremiumSupport.Tests.Platform.Files;

/// <summary>Trust rule 15 up to the disk: what is kept, what is refused and in which words, and that nothing half-written stays.</summary>
public sealed class FileIntakeTests : IDisposable
{
    private static readonly FileTerms Terms = new(1 << 20, [.. Enum.GetValues<FileFamily>().Where(family => family != FileFamily.Program)]);
    private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_lies_under_a_random_name_that_nobody_may_run()
    {
        var received = await ReceiveAsync("Hello"u8.ToArray(), "../my report.txt");

        Assert.Equal(("my report.txt", "text/plain", 5L), (received.Name, received.Kind.MediaType, received.Size));
        var path = Assert.Single(Files());
        Assert.Matches("^[0-9a-f]{32}$", Path.GetFileName(path));
        Assert.Equal("Hello", await File.ReadAllTextAsync(path, Cancel));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task A_preview_is_new_points_turned_upright_with_nothing_else_of_the_camera()
    {
        var sent = TestPictures.JpegOfACamera();
        Assert.Contains(TestPictures.Secret, Encoding.Latin1.GetString(sent), StringComparison.Ordinal);

        var received = await ReceiveAsync(sent, "IMG_1.jpg");

        Assert.Equal(new Preview(200, 400, true), received.Preview);
        var preview = await File.ReadAllBytesAsync(Store().FindPreview(received.StoredName)!, Cancel);
        var text = Encoding.Latin1.GetString(preview);
        Assert.DoesNotContain("Exif", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestPictures.Secret, text, StringComparison.Ordinal);
        using var shown = SKBitmap.Decode(preview);
        Assert.Equal((200, 400), (shown.Width, shown.Height));
        // What was left is on top now.
        Assert.True(shown.GetPixel(100, 40) is { Red: > 200, Blue: < 60 }, shown.GetPixel(100, 40).ToString());
        Assert.True(shown.GetPixel(100, 360) is { Red: < 60, Blue: > 200 }, shown.GetPixel(100, 360).ToString());
    }

    [Fact]
    public async Task A_large_picture_is_shown_small_and_kept_as_it_is()
    {
        var sent = TestPictures.Png(3000, 1500);
        var received = await ReceiveAsync(sent, "wide.png");

        using var shown = SKBitmap.Decode(await File.ReadAllBytesAsync(Store().FindPreview(received.StoredName)!, Cancel));
        Assert.Equal((PicturePreview.Longest, PicturePreview.Longest / 2), (shown.Width, shown.Height));
        Assert.Equal((3000, 1500), (received.Preview.Width, received.Preview.Height));
        Assert.Equal(sent, await File.ReadAllBytesAsync(Store().Find(received.StoredName)!, Cancel));
    }

    [Fact]
    public async Task A_bomb_of_forty_million_points_is_refused_by_its_header_in_words()
    {
        var before = GC.GetTotalAllocatedBytes();
        var received = await ReceiveAsync(TestPictures.Bomb(8000, 5000), "bomb.png");

        Assert.Equal("too-many-pixels", received.Problem!.Code);
        Assert.Contains("8,000 × 5,000", received.Problem.Sentence, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50_000_000);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_picture_that_is_cut_off_is_a_file_without_a_preview()
    {
        var whole = TestPictures.Png(300, 300);
        var received = await ReceiveAsync(whole[..(whole.Length / 2)], "half.png");

        Assert.Null(received.Problem);
        Assert.False(received.Preview.Made);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml")]
    [InlineData("<html><script>alert(1)</script></html>", "text/html")]
    public async Task What_can_hold_a_script_has_no_preview(string text, string kind)
    {
        var received = await ReceiveAsync(Encoding.UTF8.GetBytes(text), "picture.png");

        Assert.Equal((kind, Preview.None), (received.Kind.MediaType, received.Preview));
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_program_that_calls_itself_a_picture_is_refused_as_what_it_is()
    {
        var received = await ReceiveAsync([0x4D, 0x5A, 0x90, 0, 3], "holiday.png");

        Assert.Equal(("kind-not-allowed", "Files of this kind (EXE) are not taken here."), (received.Problem!.Code, received.Problem.Sentence));
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData(0, "empty-file")]
    [InlineData((1 << 20) + 1, "too-large")]
    [InlineData(5 << 20, "too-large")]
    public async Task A_size_is_counted_while_it_is_read_and_not_believed(int size, string code)
    {
        var received = await ReceiveAsync(new byte[size], "x.bin", announced: null);

        Assert.Equal(code, received.Problem!.Code);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task The_largest_file_that_is_allowed_fits() => Assert.Null((await ReceiveAsync(new byte[1 << 20], "x.bin")).Problem);

    [Fact]
    public async Task Too_much_is_refused_before_a_byte_is_read()
    {
        var body = new Broken();
        var received = await Intake(Store()).ReceiveAsync(body, (1 << 20) + 1, "x.bin", Terms, Cancel);

        Assert.Equal("too-large", received.Problem!.Code);
        Assert.False(body.WasRead);
    }

    [Fact]
    public async Task A_sender_who_hangs_up_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<IOException>(() => Intake(Store()).ReceiveAsync(new Broken(), null, "x.bin", Terms, Cancel));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_disk_that_is_full_gives_a_sentence_and_nothing_half_written()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full on this system.");
        var received = await Intake(new FullDisk(Options())).ReceiveAsync(new MemoryStream(new byte[100_000]), null, "x.bin", Terms, Cancel);

        Assert.Equal((507, "storage-full"), (received.Problem!.Status, received.Problem.Code));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Files_leave_room_for_the_database()
    {
        var options = Options() with { KeepFree = long.MaxValue / 2 };
        Assert.Equal("storage-full", (await Intake(new(options), options).ReceiveAsync(new MemoryStream(new byte[10]), 10, "x.bin", Terms, Cancel)).Problem!.Code);
    }

    [Fact]
    public async Task What_the_scanner_finds_is_not_kept_and_what_it_passes_is()
    {
        await using var clamd = new FakeClamd();
        var options = Options() with { Scanner = new("127.0.0.1", clamd.Port, TimeSpan.Zero) };
        async Task<Received> SendAsync(byte[] bytes) => await Intake(new(options), options).ReceiveAsync(new MemoryStream(bytes), null, "x.txt", Terms, Cancel);

        Assert.Equal("infected", (await SendAsync([.. new byte[300_000], .. Encoding.ASCII.GetBytes(FakeClamd.Virus)])).Problem!.Code);
        Assert.Empty(Files());
        Assert.Null((await SendAsync(new byte[300_000])).Problem);
        Assert.Equal([300_000 + FakeClamd.Virus.Length, 300_000], clamd.Scanned);
    }

    [Theory]
    [InlineData("INSTREAM size limit exceeded. ERROR")]
    [InlineData("")]
    [InlineData("stream: OK, more or less")]
    public async Task Without_a_verdict_nothing_is_kept(string answer)
    {
        await using var clamd = new FakeClamd(answer: answer);
        var options = Options() with { Scanner = new("127.0.0.1", clamd.Port, TimeSpan.Zero) };
        var received = await Intake(new(options), options).ReceiveAsync(new MemoryStream("Hello"u8.ToArray()), null, "x.txt", Terms, Cancel);

        Assert.Equal((503, "scanner-unavailable"), (received.Problem!.Status, received.Problem.Code));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_scanner_that_is_away_is_waited_for_as_long_as_the_setting_says()
    {
        int port;
        await using (var gone = new FakeClamd())
        {
            port = gone.Port;
        }

        var atOnce = Options() with { Scanner = new("127.0.0.1", port, TimeSpan.Zero) };
        Assert.Equal("scanner-unavailable", (await Intake(new(atOnce), atOnce).ReceiveAsync(new MemoryStream("Hello"u8.ToArray()), null, "x.txt", Terms, Cancel)).Problem!.Code);

        var patient = Options() with { Scanner = new("127.0.0.1", port, TimeSpan.FromMinutes(5)) };
        var waiting = Intake(new(patient), patient).ReceiveAsync(new MemoryStream("Hello"u8.ToArray()), null, "x.txt", Terms, Cancel);
        await using var back = new FakeClamd(port);
        Assert.Null((await waiting).Problem);
    }

    private async Task<Received> ReceiveAsync(byte[] bytes, string name, long? announced = null) =>
        await Intake(Store()).ReceiveAsync(new MemoryStream(bytes), announced, name, Terms, Cancel);

    private StorageOptions Options() => new() { Folder = Path.Combine(_folder, "files"), KeepFree = 1 };

    private FileStore Store() => new(Options());

    private FileIntake Intake(FileStore store, StorageOptions? options = null) => new(
        store, options ?? Options(), new(options ?? Options(), TimeProvider.System, NullLogger<VirusScanner>.Instance), NullLogger<FileIntake>.Instance);

    private string[] Files() => Directory.Exists(_folder) ? [.. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".webp", StringComparison.Ordinal))] : [];

    /// <summary>A disk on which there is room for one piece of a file: the next goes to the device that is always full, so the operating system itself says no.</summary>
    private sealed class FullDisk(StorageOptions options) : FileStore(options)
    {
        public override Stream Create(string path) => new Filling(base.Create(path));

        private sealed class Filling(Stream file) : MemoryStream
        {
            private bool _isFull;

            public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            {
                if (!_isFull)
                {
                    _isFull = true;
                    await file.WriteAsync(buffer, cancellationToken);
                    return;
                }

                await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                await full.WriteAsync(buffer, cancellationToken);
            }

            public override async ValueTask DisposeAsync()
            {
                await file.DisposeAsync();
                await base.DisposeAsync();
            }
        }
    }

    private sealed class Broken : MemoryStream
    {
        private bool _first = true;

        public bool WasRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            WasRead = true;
            if (!_first)
            {
                throw new IOException("The other side has gone.");
            }

            _first = false;
            buffer.Span[..100].Clear();
            return ValueTask.FromResult(100);
        }
    }
}
