using System.Net.Sockets;
using System.Text;

namespace PremiumSupport.Tests.Lines;

/// <summary>A line to a PostgreSQL server that breaks when a test wants it to: in the middle of a commit, before or after the server has heard of it.</summary>
public sealed class FaultyLine(string host, int port) : Line(host, port)
{
    // With the zero that ends it: READ COMMITTED is another matter.
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT\0");

    private int _fault;

    private enum Fault { None, BeforeCommit, AfterCommit }

    /// <summary>Whether the commit that is to be lost has not come yet.</summary>
    public bool IsArmed => Volatile.Read(ref _fault) != 0;

    /// <summary>The next commit does not reach the server.</summary>
    public void LoseNextCommit() => Volatile.Write(ref _fault, (int)Fault.BeforeCommit);

    /// <summary>The next commit reaches the server, and its answer nobody.</summary>
    public void LoseAnswerToNextCommit() => Volatile.Write(ref _fault, (int)Fault.AfterCommit);

    protected override async Task CarryAsync(NetworkStream near, NetworkStream far)
    {
        var muted = new StrongBox();
        var answers = CarryAnswersAsync(far, near, muted);
        var bytes = new byte[65_536];
        while (await near.ReadAsync(bytes) is var read and > 0)
        {
            var fault = bytes.AsSpan(0, read).IndexOf(Commit) >= 0 ? (Fault)Interlocked.Exchange(ref _fault, 0) : Fault.None;
            if (fault == Fault.BeforeCommit)
            {
                break;
            }

            muted.Value = fault == Fault.AfterCommit;
            await far.WriteAsync(bytes.AsMemory(0, read));
            if (muted.Value)
            {
                await answers;
                break;
            }
        }
    }

    /// <summary>Hands answers on; the first that must not be heard ends it.</summary>
    private static async Task CarryAnswersAsync(NetworkStream far, NetworkStream near, StrongBox muted)
    {
        try
        {
            var bytes = new byte[65_536];
            while (await far.ReadAsync(bytes) is var read and > 0 && !muted.Value)
            {
                await near.WriteAsync(bytes.AsMemory(0, read));
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
        }
    }

    private sealed class StrongBox
    {
        private volatile bool _value;

        public bool Value
        {
            get => _value;
            set => _value = value;
        }
    }
}
