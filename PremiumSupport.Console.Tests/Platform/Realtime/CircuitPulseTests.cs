using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PremiumSupport.Platform.Realtime;

#pragma warning disable BL0006 // Stands where a browser would, and counts what would be sent to it.

namespace PremiumSupport.Tests.Platform.Realtime;

/// <summary>What lives on one page reads again together and is drawn in one batch.</summary>
public sealed class CircuitPulseTests : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(new ChangeBus(NullLogger<ChangeBus>.Instance)).BuildServiceProvider();
    private readonly Screen _screen;

    public CircuitPulseTests() => _screen = new(_services);

    private ChangeBus Bus => _services.GetRequiredService<ChangeBus>();

    public async ValueTask DisposeAsync()
    {
        await _screen.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task A_change_that_two_hear_of_is_one_batch()
    {
        var page = await _screen.OpenAsync();
        Bus.Publish(new("both", 1));
        await page.Left.SaysAsync(1);
        await page.Right.SaysAsync(1);
        await _screen.SettledAsync();
        // The page, and the change.
        Assert.Equal(2, _screen.Batches);
    }

    [Fact]
    public async Task What_comes_at_once_is_read_once_and_the_last_is_shown()
    {
        var page = await _screen.OpenAsync();
        for (var change = 1; change <= 50; change++)
        {
            page.Left.Truth = page.Right.Truth = change;
            Bus.Publish(new("both", 1));
        }

        await page.Left.SaysAsync(50);
        await page.Right.SaysAsync(50);
        await _screen.SettledAsync();
        Assert.InRange(_screen.Batches, 2, 3);
    }

    [Fact]
    public async Task One_that_reads_for_long_keeps_nobody_waiting_and_what_changed_meanwhile_is_read_after_it()
    {
        var page = await _screen.OpenAsync();
        var reading = page.Left.Gate = new TaskCompletionSource();
        Bus.Publish(new("both", 1));
        await page.Right.SaysAsync(1);
        Assert.Equal(0, page.Left.Said);

        page.Left.Truth = 2;
        Bus.Publish(new("left", 1));
        page.Left.Gate = null;
        reading.SetResult();
        await page.Left.SaysAsync(2);
    }

    [Fact]
    public async Task Who_left_the_page_is_not_read_again()
    {
        var page = await _screen.OpenAsync();
        await _screen.Dispatcher.InvokeAsync(() => page.Show(hasRight: false));
        var reads = page.Right.Reads;
        Bus.Publish(new("both", 1));
        await page.Left.SaysAsync(1);
        Assert.Equal(reads, page.Right.Reads);
    }

    /// <summary>Counts what would be sent to a browser.</summary>
    private sealed class Screen(IServiceProvider services) : Renderer(services, NullLoggerFactory.Instance)
    {
        public int Batches { get; private set; }

        public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

        protected override RendererInfo RendererInfo { get; } = new("Server", isInteractive: true);

        public async Task<Page> OpenAsync()
        {
            var page = new Page();
            await Dispatcher.InvokeAsync(() => RenderRootComponentAsync(AssignRootComponentId(page)));
            return page;
        }

        /// <summary>Ends when all that was to be drawn by now is.</summary>
        public Task SettledAsync() => Dispatcher.InvokeAsync(() => { });

        protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
        {
            Batches++;
            return Task.CompletedTask;
        }

        protected override void HandleException(Exception exception) => throw new InvalidOperationException("Drawing failed.", exception);
    }

    private sealed class Page : ComponentBase, IDisposable
    {
        private readonly CircuitPulse _pulse = new();
        private bool _hasRight = true;

        public Live Left { get; private set; } = default!;

        public Live Right { get; private set; } = default!;

        public void Dispose() => _pulse.Dispose();

        public void Show(bool hasRight)
        {
            _hasRight = hasRight;
            StateHasChanged();
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<CircuitPulse>>(0);
            builder.AddAttribute(1, nameof(CascadingValue<>.Value), _pulse);
            builder.AddAttribute(2, nameof(CascadingValue<>.IsFixed), true);
            builder.AddAttribute(3, nameof(CascadingValue<>.ChildContent), (RenderFragment)(inside =>
            {
                inside.OpenComponent<PulseBeat>(0);
                inside.AddAttribute(1, nameof(PulseBeat.Pulse), _pulse);
                inside.CloseComponent();
                inside.OpenComponent<Live>(2);
                inside.AddComponentReferenceCapture(3, live => Left = (Live)live);
                inside.CloseComponent();
                if (_hasRight)
                {
                    inside.OpenComponent<Live>(4);
                    inside.AddComponentReferenceCapture(5, live => Right = (Live)live);
                    inside.CloseComponent();
                }
            }));
            builder.CloseComponent();
        }
    }

    private sealed class Live : LiveComponent
    {
        private readonly Lock _gate = new();
        private int _read;
        private (int Said, TaskCompletionSource? Heard) _awaited;

        public int Truth { get; set; } = 1;

        public int Said { get; private set; }

        public int Reads { get; private set; }

        public TaskCompletionSource? Gate { get; set; }

        /// <summary>Ends when it has been drawn with that.</summary>
        public Task SaysAsync(int said)
        {
            lock (_gate)
            {
                if (Said == said)
                {
                    return Task.CompletedTask;
                }

                _awaited = (said, new(TaskCreationOptions.RunContinuationsAsynchronously));
                return _awaited.Heard!.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            }
        }

        protected override bool Concerns(Change change) => change.Topic == "both" || (change.Topic == "left" && Gate is not null);

        protected override async Task ReloadAsync()
        {
            if (Reads++ > 0)
            {
                await (Gate?.Task ?? Task.CompletedTask);
                _read = Truth;
            }
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            lock (_gate)
            {
                Said = _read;
                builder.AddContent(0, Said);
                if (_awaited.Said == Said)
                {
                    _awaited.Heard?.TrySetResult();
                }
            }
        }
    }
}
