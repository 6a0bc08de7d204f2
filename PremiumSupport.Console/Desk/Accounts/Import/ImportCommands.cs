using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Accounts.Import;

/// <summary>Looks at and writes rows of an import, a batch at a time, so that everybody else's writes come in between.</summary>
public sealed class ImportCommands(WriteQueue writes, IDbContextFactory<SupportDb> factory, ITicketHistory history, Workspace workspace, ChangeBus bus, TimeProvider clock)
{
    /// <summary>Rows of one transaction: few, because whoever writes meanwhile waits for them.</summary>
    internal const int Batch = 200;

    /// <summary>What would become of rows; nothing is kept.</summary>
    internal async Task<IReadOnlyList<ImportOutcome>> PreviewAsync(ImportKind kind, ImportReader file, IReadOnlyList<ImportRow> rows, CancellationToken cancellation)
    {
        if (kind == ImportKind.Tickets)
        {
            return await history.PreviewAsync(Of(file, rows), cancellation);
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await ImportBatch.ApplyAsync(db, kind, file, rows, workspace);
    }

    /// <summary>Keeps rows; those that are wrong are left out and told.</summary>
    internal async Task<IReadOnlyList<ImportOutcome>> ApplyAsync(ImportKind kind, ImportReader file, IReadOnlyList<ImportRow> rows, CancellationToken cancellation) =>
        kind == ImportKind.Tickets ? await history.ApplyAsync(Of(file, rows), cancellation)
        : await writes.RunAsync(db => ImportBatch.ApplyAsync(db, kind, file, rows, workspace), cancellation: cancellation);

    /// <summary>Notes in the audit log that somebody began to import a file.</summary>
    internal Task BeganAsync(ImportKind kind, string fileName, StaffCaller admin) => NoteAsync("began to import", kind, fileName, null, admin);

    /// <summary>Notes how it ended.</summary>
    internal Task EndedAsync(ImportKind kind, string fileName, ImportCount count, bool isWhole, StaffCaller admin) =>
        NoteAsync(isWhole ? "imported" : "imported a part of", kind, fileName, new { count.New, count.Changed, count.Same, count.Refused }, admin);

    private static List<HistoryRow> Of(ImportReader file, IReadOnlyList<ImportRow> rows) => [.. rows.Select(row => new HistoryRow(row, column => file[row, column]))];

    private Task<bool> NoteAsync(string deed, ImportKind kind, string fileName, object? counted, StaffCaller admin) => writes.RunAsync(
        db =>
        {
            admin.Note(db, clock.GetUtcNow(), deed, ("import", fileName, kind.ToString()), null, counted);
            return Task.FromResult(true);
        },
        _ => bus.Publish(new(AccountCommands.Topic, 0)));
}
