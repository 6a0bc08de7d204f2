using PremiumSupport.Channels.Chat;

namespace PremiumSupport.Tests.Channels.Chat;

/// <summary>Pushes to conversations of which one is stuck.</summary>
public sealed class PushLanesTests
{
    private readonly TaskCompletionSource _taken = new();
    private readonly TaskCompletionSource _found = new();
    private readonly List<long> _stuck = [];
    private readonly List<(long Number, int Push)> _sent = [];

    [Fact]
    public async Task Who_takes_nothing_holds_up_nobody_and_no_more_than_so_many_wait_for_them()
    {
        var lanes = Lanes();
        for (var push = 0; push < PushLanes.MostUnderway * 3; push++)
        {
            Push(lanes, 1, push, _taken.Task);
            Push(lanes, 2, push, Task.CompletedTask);
        }

        Assert.Equal(PushLanes.MostUnderway, _sent.Count(sent => sent.Number == 1));
        Assert.Equal(Enumerable.Range(0, PushLanes.MostUnderway * 3), _sent.Where(sent => sent.Number == 2).Select(sent => sent.Push));
        Assert.Equal([1], _stuck);

        // Whoever was in the way is gone: it goes on.
        _found.SetResult();
        _taken.SetResult();
        await WaitAsync(() =>
        {
            Push(lanes, 1, 999, Task.CompletedTask);
            return _sent.Contains((1, 999));
        });
    }

    [Fact]
    public void A_push_that_fails_is_forgotten()
    {
        var lanes = Lanes();
        for (var push = 0; push < PushLanes.MostUnderway * 2; push++)
        {
            Push(lanes, 1, push, Task.FromException(new InvalidOperationException("gone")));
        }

        Assert.Equal(PushLanes.MostUnderway * 2, _sent.Count);
        Assert.Empty(_stuck);
    }

    private PushLanes Lanes() => new(number =>
    {
        _stuck.Add(number);
        return _found.Task;
    });

    private void Push(PushLanes lanes, long number, int push, Task taken) => lanes.Push(number, () =>
    {
        _sent.Add((number, push));
        return taken;
    });

    private static async Task WaitAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
