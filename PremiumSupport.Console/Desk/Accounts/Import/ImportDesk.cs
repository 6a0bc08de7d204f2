using System.Collections.Concurrent;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Accounts.Import;

/// <summary>
/// Takes files in, looks at every row before anything is written, and writes in the background. It goes on when the page that began it is closed; files lie in a folder
/// of this process and go with it.
/// </summary>
public sealed partial class ImportDesk(ImportCommands commands, ChangeBus bus, ILogger<ImportDesk> log, IHostApplicationLifetime lifetime) : IDisposable
{
    /// <summary>The topic under which this node's change bus says that an import got further; the id is always 0.</summary>
    public const string Topic = "import";

    /// <summary>The largest file that is taken: 64 MB, some 800,000 rows.</summary>
    public const long LargestFile = 64L << 20;

    /// <summary>How many imports are remembered.</summary>
    private const int Kept = 5;

    private const int Shown = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-import-").FullName;
    private readonly ConcurrentDictionary<Guid, ImportRun> _runs = new();
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Imports, newest first.</summary>
    public IReadOnlyList<ImportRun> Runs => [.. _runs.Values.OrderByDescending(run => run.Id)];

    /// <summary>The import of that id; null when it is not remembered.</summary>
    public ImportRun? Find(Guid id) => _runs.GetValueOrDefault(id);

    /// <summary>Keeps a file and begins to look at it.</summary>
    public async Task<Attempt<ImportRun>> TakeAsync(ImportKind kind, string fileName, Stream content, StaffCaller admin, CancellationToken cancellation = default)
    {
        if (AccountCommands.Forbidden(admin) is { } forbidden)
        {
            return new(null, forbidden);
        }

        var id = Guid.CreateVersion7();
        var path = Path.Combine(_folder, id.ToString("N"));
        await using (var file = File.Create(path))
        {
            await content.CopyToAsync(file, cancellation);
        }

        var run = new ImportRun(id, kind, fileName.Length > 100 ? fileName[..100] : fileName, new FileInfo(path).Length) { Path = path };
        _runs[id] = run;
        foreach (var old in Runs.Skip(Kept).Where(old => old.State is not (ImportState.Running or ImportState.Looking)))
        {
            Forget(old);
        }

        _ = GoAsync(run, file => LookAsync(run, file));
        return run;
    }

    /// <summary>Writes what was looked at. False when it is not waiting for that.</summary>
    public bool Start(Guid id, StaffCaller admin)
    {
        if (AccountCommands.Forbidden(admin) is not null || Find(id) is not { State: ImportState.Looked } run)
        {
            return false;
        }

        run.State = ImportState.Running;
        _ = GoAsync(run, file => WriteAsync(run, file, admin));
        return true;
    }

    /// <summary>Ends an import after the batch that it is at; what was written stays.</summary>
    public void Stop(Guid id) => Find(id)?.Stopping.Cancel();

    /// <summary>Where the rows that were refused lie, with the reason; null when there are none.</summary>
    public string? Refused(Guid id) => Find(id) is { } run && File.Exists(run.RefusedPath) ? run.RefusedPath : null;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var run in _runs.Values)
        {
            run.Stopping.Cancel();
        }

        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException failure)
        {
            LogLeft(log, _folder, failure);
        }
    }

    private async Task GoAsync(ImportRun run, Func<ImportReader, Task> work)
    {
        await Task.Yield();
        using var ending = lifetime.ApplicationStopping.Register(run.Stopping.Cancel);
        try
        {
            var (reader, problem) = await ImportReader.OpenAsync(run.Path, run.Kind);
            using (reader)
            {
                if (reader is null)
                {
                    (run.State, run.Problem) = (ImportState.Failed, problem);
                    return;
                }

                await work(reader);
            }
        }
        catch (OperationCanceledException)
        {
            (run.State, run.Problem) = (ImportState.Failed, "It was stopped. What was written stays; bring the file again to go on.");
        }
        catch (InvalidDataException unreadable)
        {
            (run.State, run.Problem) = (ImportState.Failed, unreadable.Message);
        }
        catch (Exception failure)
        {
            LogFailed(log, run.FileName, failure);
            (run.State, run.Problem) = (ImportState.Failed, "Something went wrong on our side. What was written stays; bring the file again to go on.");
        }
        finally
        {
            Tell();
        }
    }

    private async Task LookAsync(ImportRun run, ImportReader file)
    {
        // A key that is new in one batch is known in the next, though nothing was kept of it.
        var fresh = new HashSet<string>(StringComparer.Ordinal);
        while (await file.ReadAsync(ImportCommands.Batch) is { Count: > 0 } rows)
        {
            run.Stopping.Token.ThrowIfCancellationRequested();
            List<ImportOutcome> outcomes = [.. (await commands.PreviewAsync(run.Kind, file, rows, run.Stopping.Token))
                .Select(outcome => outcome.Verdict == ImportVerdict.New && !fresh.Add(run.Kind == ImportKind.Contacts ? $"{file[outcome.Row, "account"]}\n{outcome.Subject}" : outcome.Subject)
                    ? outcome with { Verdict = run.Kind == ImportKind.Tickets ? ImportVerdict.Same : ImportVerdict.Changed } : outcome)];
            run.First = run.First.Count < Shown ? [.. run.First.Concat(outcomes).Take(Shown)] : run.First;
            run.FirstRefused = run.FirstRefused.Count < Shown ? [.. run.FirstRefused.Concat(outcomes.Where(outcome => outcome.Verdict == ImportVerdict.Refused)).Take(Shown)] : run.FirstRefused;
            run.Expected = run.Expected.With(outcomes);
            Tell();
        }

        (run.State, run.Problem) = run.Expected.All == 0 ? (ImportState.Failed, "There is no row below the heading.") : (ImportState.Looked, null);
    }

    private async Task WriteAsync(ImportRun run, ImportReader file, StaffCaller admin)
    {
        // One after the other: two files about the same account must not take turns.
        await _one.WaitAsync(run.Stopping.Token);
        var isWhole = false;
        try
        {
            await commands.BeganAsync(run.Kind, run.FileName, admin);
            await using var refused = new RefusedRows(run.RefusedPath, file.Headings);
            while (await file.ReadAsync(ImportCommands.Batch) is { Count: > 0 } rows)
            {
                run.Stopping.Token.ThrowIfCancellationRequested();
                var outcomes = await commands.ApplyAsync(run.Kind, file, rows, CancellationToken.None);
                await refused.AddAsync(outcomes.Where(outcome => outcome.Verdict == ImportVerdict.Refused));
                run.Count = run.Count.With(outcomes);
                Tell();
            }

            isWhole = true;
        }
        finally
        {
            _one.Release();
            await commands.EndedAsync(run.Kind, run.FileName, run.Count, isWhole, admin);
        }

        run.State = ImportState.Done;
    }

    private void Forget(ImportRun run)
    {
        if (_runs.TryRemove(run.Id, out _))
        {
            File.Delete(run.Path);
            File.Delete(run.RefusedPath);
        }
    }

    private void Tell() => bus.PublishHere(new(Topic, 0));

    [LoggerMessage(LogLevel.Error, "The import of {File} failed")]
    private static partial void LogFailed(ILogger logger, string file, Exception failure);

    [LoggerMessage(LogLevel.Warning, "The files of imports in {Folder} could not be removed")]
    private static partial void LogLeft(ILogger logger, string folder, Exception failure);
}
