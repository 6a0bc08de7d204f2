using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace PremiumSupport.Tests.Figures;

/// <summary>
/// The limit that a durable chat runs against: one writer that puts rows of messages into SQLite and commits what has queued up, one flush for all. No network, no rights, no
/// conversation; the two unique indexes of a message, because without them a repeat would be a second message.
/// </summary>
internal sealed class RawGroups : IAsyncDisposable
{
    private const int LargestGroup = 256;

    private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-raw-").FullName;
    private readonly Channel<(int Conversation, TaskCompletionSource Done)> _rows = Channel.CreateUnbounded<(int, TaskCompletionSource)>(new() { SingleReader = true });
    private readonly Dictionary<int, long> _sequences = [];
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly Task _writer;

    public RawGroups()
    {
        _connection = new($"Data Source={Path.Combine(_folder, "raw.db")};Pooling=False");
        _connection.Open();
        using (var setup = _connection.CreateCommand())
        {
            setup.CommandText =
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Messages (Id INTEGER PRIMARY KEY, Conversation INTEGER NOT NULL, Sequence INTEGER NOT NULL, ClientId TEXT NOT NULL, Body TEXT NOT NULL); "
                + "CREATE UNIQUE INDEX BySequence ON Messages (Conversation, Sequence); CREATE UNIQUE INDEX ByClientId ON Messages (ClientId)";
            setup.ExecuteNonQuery();
        }

        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO Messages (Conversation, Sequence, ClientId, Body) VALUES ($conversation, $sequence, $id, 'Since nine this morning nobody here can sign in.')";
        _insert.Parameters.Add("$conversation", SqliteType.Integer);
        _insert.Parameters.Add("$sequence", SqliteType.Integer);
        _insert.Parameters.Add("$id", SqliteType.Text);
        _insert.Prepare();
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Ends when the row is on disk.</summary>
    public Task AddAsync(int conversation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rows.Writer.TryWrite((conversation, done));
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _rows.Writer.Complete();
        await _writer;
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WriteAsync()
    {
        var group = new List<TaskCompletionSource>(LargestGroup);
        while (await _rows.Reader.WaitToReadAsync())
        {
            using (var transaction = _connection.BeginTransaction())
            {
                _insert.Transaction = transaction;
                while (group.Count < LargestGroup && _rows.Reader.TryRead(out var row))
                {
                    var sequence = _sequences[row.Conversation] = _sequences.GetValueOrDefault(row.Conversation) + 1;
                    (_insert.Parameters[0].Value, _insert.Parameters[1].Value, _insert.Parameters[2].Value) = (row.Conversation, sequence, Guid.CreateVersion7().ToString("N"));
                    _insert.ExecuteNonQuery();
                    group.Add(row.Done);
                }

                transaction.Commit();
            }

            group.ForEach(done => done.SetResult());
            group.Clear();
        }
    }
}
