using Microsoft.AspNetCore.Components;
using NodaTime.Extensions;
using NodaTime.Text;
using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Screens.Shell;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>A page about a period: which days, and what narrows them, stand in its address, so that it can be sent to somebody and gone back to.</summary>
public abstract class ReportPage : LiveComponent
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private string? _read;

    /// <summary>Who looks.</summary>
    [CascadingParameter]
    public StaffCaller Me { get; set; } = default!;

    /// <summary>A number of days up to today.</summary>
    [SupplyParameterFromQuery]
    public string? Days { get; set; }

    /// <summary>The first day, else.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>The last day.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "metric")]
    public string? MetricWord { get; set; }

    [SupplyParameterFromQuery(Name = "channel")]
    public string? ChannelWord { get; set; }

    [SupplyParameterFromQuery(Name = "severity")]
    public string? SeverityWord { get; set; }

    [SupplyParameterFromQuery]
    public string? Account { get; set; }

    [SupplyParameterFromQuery]
    public string? Specialist { get; set; }

    [SupplyParameterFromQuery]
    public string? Outcome { get; set; }

    [SupplyParameterFromQuery]
    public string? Weekday { get; set; }

    [SupplyParameterFromQuery]
    public string? Hour { get; set; }

    [SupplyParameterFromQuery]
    public string? Took { get; set; }

    /// <summary>The wall of the viewer.</summary>
    [Inject]
    protected ViewerZone Zone { get; set; } = default!;

    /// <summary>Figures of periods.</summary>
    [Inject]
    protected PeriodQueries Periods { get; set; } = default!;

    /// <summary>The days that are meant.</summary>
    protected PeriodChoice Choice { get; private set; } = PeriodChoice.Today;

    /// <summary>What narrows them.</summary>
    protected PromiseFilter Filter { get; private set; } = PromiseFilter.None;

    /// <summary>What is wrong with the address, in a sentence; null when nothing is.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Whether the first reading of the promises is still under way.</summary>
    protected bool IsReading { get; private set; }

    /// <summary>All of the address that matters, for telling whether another page of it is meant.</summary>
    protected virtual string Address => string.Join('\n', [Days, From, To, MetricWord, ChannelWord, SeverityWord, Account, Specialist, Outcome, Weekday, Hour, Took, Zone.Id]);

    /// <summary>The day that it is where the viewer is, as fields for days write it.</summary>
    protected string Today => LocalDatePattern.Iso.Format(Clock.GetUtcNow().ToInstant().InZone(Zone.Zone).Date);

    /// <summary>Here under another filter.</summary>
    protected string Here(PromiseFilter filter, string path = ReportAddress.Dashboard) => ReportAddress.Of(path, Choice, filter);

    /// <summary>The list behind a figure, which all that narrows this page narrows too.</summary>
    protected string Behind(Func<PromiseFilter, PromiseFilter> narrow) => ReportAddress.Of(ReportAddress.Promises, Choice, narrow(Filter));

    /// <inheritdoc />
    protected override bool Concerns(Change change) => change.Topic == QueueProjection.Topic;

    /// <inheritdoc />
    protected override void OnInitialized() => Read();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Address)
        {
            Read();
            await ReloadAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && !Zone.IsKnown)
        {
            // "Today" begins at midnight where the viewer is.
            await Zone.LearnAsync();
            Read();
            await ReloadAsync();
            StateHasChanged();
        }
    }

    /// <summary>The answer, with the progress shown until it is there. Null where another page is meant by now, and where a page that is only being sent would wait for a first reading: its circuit asks again.</summary>
    protected async Task<T?> WaitForAsync<T>(Task<T> answer)
        where T : class
    {
        var asked = Address;
        while (await Task.WhenAny(answer, Task.Delay(Patience, TimeProvider.System)) != answer)
        {
            IsReading = !Periods.IsReady;
            if (!RendererInfo.IsInteractive && IsReading)
            {
                return null;
            }

            StateHasChanged();
        }

        IsReading = false;
        var answered = await answer;
        // A slow answer of a page that was left must not stand under the next one's address.
        return asked == Address ? answered : null;
    }

    private void Read()
    {
        _read = Address;
        var today = Clock.GetUtcNow().ToInstant().InZone(Zone.Zone).Date;
        (Choice, var problem) = PeriodChoice.Read(Days, From, To, today);
        (Filter, var unknown) = PromiseFilter.Read(key => key switch
        {
            "metric" => MetricWord, "channel" => ChannelWord, "severity" => SeverityWord, "account" => Account, "specialist" => Specialist, "outcome" => Outcome, "weekday" => Weekday, "hour" => Hour, _ => Took,
        });
        Problem = problem ?? unknown;
    }
}
