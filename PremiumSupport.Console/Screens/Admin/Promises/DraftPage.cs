using Microsoft.AspNetCore.Components;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Publishing;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Admin.Promises;

/// <summary>
/// A page on which the policy's draft is edited. Each change is kept at once, so that a reload loses nothing; a colleague's change is shown instead of written over.
/// </summary>
public abstract class DraftPage : LiveComponent
{
    [Inject]
    protected PolicyCommands Commands { get; set; } = default!;

    [Inject]
    protected PolicyQueries Queries { get; set; } = default!;

    [Inject]
    protected Policies Policies { get; set; } = default!;

    [CascadingParameter]
    protected StaffCaller Me { get; set; } = default!;

    /// <summary>The policy in force.</summary>
    protected SlaPolicy Current { get; private set; } = default!;

    /// <summary>The draft as it is stored; null while nobody has begun one.</summary>
    protected PolicyDraftView? Stored { get; private set; }

    /// <summary>What is on the screen: the draft, or the policy in force as one.</summary>
    protected PolicyDraft Draft { get; private set; } = new();

    /// <summary>What the draft comes to.</summary>
    protected CheckedPolicy Checked { get; private set; } = new(null, [], []);

    /// <summary>The last refusal; null after something went through.</summary>
    protected Refusal? No { get; set; }

    /// <inheritdoc />
    protected override bool Concerns(Change change) => change.Topic is Policies.Topic or PolicyCommands.DraftTopic;

    /// <inheritdoc />
    protected override async Task ReloadAsync()
    {
        await Policies.RefreshAsync();
        Current = Policies.Current;
        Stored = await Queries.DraftAsync();
        Draft = Tidy(Stored?.Draft ?? PolicyJson.ToDraft(Current));
        Checked = PolicyCheck.Of(Draft, Current.Version + 1, "");
    }

    /// <summary>Changes the draft and keeps it. False when that was refused.</summary>
    protected async Task<bool> ChangeAsync(Action<PolicyDraft> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var draft = Tidy(PolicyJson.ReadDraft(PolicyJson.Write(Draft)));
        change(draft);
        return await KeepAsync(draft, Stored?.BasedOn ?? Current.Version);
    }

    /// <summary>Throws the draft away.</summary>
    protected async Task DiscardAsync()
    {
        if (Stored is { } stored)
        {
            No = (await Commands.DiscardDraftAsync(stored.Version, Me)).Refusal;
            await ReloadAsync();
        }
    }

    /// <summary>Takes the draft as one on top of the policy in force: its differences from that one are then what it changes.</summary>
    protected Task<bool> RebaseAsync() => KeepAsync(Draft, Current.Version);

    private async Task<bool> KeepAsync(PolicyDraft draft, int basedOn)
    {
        No = (await Commands.SaveDraftAsync(draft, basedOn, Stored?.Version, Me)).Refusal;
        await ReloadAsync();
        return No is null;
    }

    // Forms need something to bind to; what is null in a draft is nothing.
    private static PolicyDraft Tidy(PolicyDraft draft)
    {
        draft.Rules = [.. (draft.Rules ?? []).OfType<RuleDraft>()];
        draft.Calendars = [.. (draft.Calendars ?? []).OfType<CalendarDraft>()];
        foreach (var calendar in draft.Calendars.OfType<CalendarDraft>())
        {
            calendar.Week ??= [];
            calendar.Holidays = [.. (calendar.Holidays ?? []).OfType<DayDraft>()];
            calendar.ShortDays = [.. (calendar.ShortDays ?? []).OfType<DayDraft>()];
        }

        return draft;
    }
}
