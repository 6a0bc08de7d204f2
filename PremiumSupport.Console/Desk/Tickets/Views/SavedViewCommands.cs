using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets.Views;

/// <summary>Keeps, changes and lets go of saved views. Each answers with the view's word.</summary>
public sealed class SavedViewCommands(WriteQueue writes, ChangeBus changes)
{
    private static readonly Refusal NotFound = new(RefusalKind.NotFound, "not-found", "There is no such view, or it is not yours.");

    /// <summary>Keeps a new view of the caller's.</summary>
    public Task<Outcome<string>> AddAsync(ViewDraft draft, StaffCaller caller, CancellationToken cancellation = default) => WriteAsync(draft, async db =>
    {
        if (await db.Set<SavedView>().CountAsync(view => view.OwnerId == caller.StaffId) >= SavedViewRules.MostOfOne)
        {
            return Refusal.Conflict("too-many-views", $"You keep {SavedViewRules.MostOfOne} views; delete one first.");
        }

        var taken = await db.Set<SavedView>().Select(view => view.Slug).ToListAsync();
        var view = new SavedView { Id = Guid.CreateVersion7(), Slug = SavedViewRules.SlugOf(draft.Name, taken.Contains), Name = "", OwnerId = caller.StaffId };
        Take(view, draft);
        db.Add(view);
        return view.Slug;
    }, cancellation);

    /// <summary>Changes a view; its word stays, so that links to it hold.</summary>
    public Task<Outcome<string>> ChangeAsync(Guid id, ViewDraft draft, StaffCaller caller, CancellationToken cancellation = default) => WriteAsync(draft, async db =>
    {
        if (await db.Set<SavedView>().FindAsync(id) is not { } view || !SavedViewRules.MayChange(view.OwnerId, view.IsTeam, caller))
        {
            return NotFound;
        }

        Take(view, draft);
        return view.Slug;
    }, cancellation);

    /// <summary>Lets a view go.</summary>
    public Task<Outcome<string>> DeleteAsync(Guid id, StaffCaller caller, CancellationToken cancellation = default) => WriteAsync(null, async db =>
    {
        if (await db.Set<SavedView>().FindAsync(id) is not { } view || !SavedViewRules.MayChange(view.OwnerId, view.IsTeam, caller))
        {
            return NotFound;
        }

        db.Remove(view);
        return view.Slug;
    }, cancellation);

    /// <summary>Brings back a view that was let go, under its own word and of its own owner; under another word where that was taken meanwhile. Twice changes nothing.</summary>
    public Task<Outcome<string>> BringBackAsync(SavedViewCard gone, StaffCaller caller, CancellationToken cancellation = default)
    {
        var draft = new ViewDraft(gone.Name, gone.IsTeam, gone.Base, gone.Filter, gone.Place);
        return WriteAsync(draft, async db =>
        {
            if (!SavedViewRules.MayChange(gone.OwnerId, gone.IsTeam, caller))
            {
                return NotFound;
            }

            if (await db.Set<SavedView>().FindAsync(gone.Id) is { } there)
            {
                return there.Slug;
            }

            var taken = await db.Set<SavedView>().Select(view => view.Slug).ToListAsync();
            var view = new SavedView { Id = gone.Id, Slug = SavedViewRules.SlugOf(gone.Slug, taken.Contains), Name = "", OwnerId = gone.OwnerId };
            Take(view, draft);
            db.Add(view);
            return view.Slug;
        }, cancellation);
    }

    private async Task<Outcome<string>> WriteAsync(ViewDraft? draft, Func<SupportDb, Task<Outcome<string>>> write, CancellationToken cancellation) =>
        draft is not null && SavedViewRules.Check(draft) is { } invalid ? invalid : await writes.RunAsync(
            write,
            outcome =>
            {
                if (outcome.IsDone)
                {
                    changes.Publish(new(SavedViewQueries.Topic, 0));
                }
            },
            cancellation);

    private static void Take(SavedView view, ViewDraft draft) =>
        (view.Name, view.IsTeam, view.Base, view.Query, view.Place) = (draft.Name.Trim(), draft.IsTeam, draft.Base, draft.Filter.ToQuery(), draft.Place);
}
