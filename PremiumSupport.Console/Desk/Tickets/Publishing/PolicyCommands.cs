using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Publishing;

/// <summary>
/// Writes the policy's draft and its versions (rule 10). A version is written once, in one transaction with its row on the ledger, and only on top of the version that its
/// author has seen. Applying it to open tickets is the act that follows, by the writer of tickets.
/// </summary>
public sealed class PolicyCommands(WriteQueue writes, IDbContextFactory<SupportDb> factory, Policies policies, TicketCommands tickets, ChangeBus changes, TimeProvider clock)
{
    /// <summary>The topic under which the change bus speaks of the draft.</summary>
    public const string DraftTopic = "policy-draft";

    private const string Area = "policies";

    // A draft may be wrong in every way but in size.
    private const int LongestDraft = 1 << 20;

    private static readonly Refusal NotAnAdmin = new(RefusalKind.Forbidden, "forbidden", "Only an admin changes what is promised.");

    /// <summary>What the draft would change, and what it would move if it were applied to open tickets; or everything that is wrong with it.</summary>
    public async Task<Outcome<PolicyPreview>> PreviewAsync(PolicyDraft draft, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsAdmin)
        {
            return NotAnAdmin;
        }

        var current = await CurrentAsync(cancellation);
        var read = PolicyCheck.Of(draft, current.Version + 1, "");
        return read.Policy is { } policy
            ? new PolicyPreview(policy, PolicyDiff.Between(current, policy), read.Hints, await tickets.PreviewPolicyAsync(policy, caller, cancellation))
            : Refused(read.Problems);
    }

    /// <summary>
    /// Publishes the draft as the next version, and applies it to open tickets where that is wanted. Refused as stale when somebody published since
    /// <paramref name="basedOn"/>, on this node or another.
    /// </summary>
    /// <param name="basedOn">The version that the author has seen.</param>
    /// <param name="storedDraft">The stored draft that it was made from, by its version; it goes in the same transaction. Null leaves the stored draft alone.</param>
    public async Task<Outcome<PolicyPublished>> PublishAsync(
        PolicyDraft draft, string? note, PolicyScope appliesTo, int? basedOn, StaffCaller caller, long? storedDraft = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsAdmin)
        {
            return NotAnAdmin;
        }

        var words = MessageText.Tidy(note);
        var read = PolicyCheck.Of(draft, (basedOn ?? 0) + 1, words);
        List<PolicyProblem> problems = [.. read.Problems];
        if (words.Length is 0 or > PolicyLimits.Note)
        {
            problems.Add(new("note", $"Say in 1 to {PolicyLimits.Note} characters why this version is published; it stands in the history."));
        }

        if (basedOn is null)
        {
            problems.Add(new("version", "Name the version that yours is based on: the one you have read last."));
        }

        if (problems.Count > 0)
        {
            return Refused(problems);
        }

        var published = await WriteAsync(read.Policy!, words, appliesTo, basedOn!.Value, caller, storedDraft, cancellation);
        if (published.Refusal is { } stale)
        {
            return stale;
        }

        if (appliesTo == PolicyScope.New)
        {
            return new PolicyPublished(read.Policy!, PolicyQueries.ToView(published.Value!), []);
        }

        // From here on it is published; a caller who hangs up must not leave it half applied.
        var applied = await ApplyAsync(read.Policy!.Version, caller, CancellationToken.None);
        return applied.Refusal is { } refusal
            ? Refusal.Conflict("not-applied", $"Version {read.Policy.Version} is published and holds for new tickets, but was not applied to open ones: {refusal.Message}")
            : applied;
    }

    /// <summary>
    /// Goes through the open tickets with the newest version: after its publishing, or again where a crash came between. Done twice, it moves nothing twice.
    /// </summary>
    public async Task<Outcome<PolicyPublished>> ApplyAsync(int version, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsAdmin)
        {
            return NotAnAdmin;
        }

        if ((await CurrentAsync(cancellation)).Version is var newest && newest != version)
        {
            return Refusal.Conflict("stale-version", $"Version {version} is not the newest; version {newest} is.");
        }

        var applied = await tickets.ApplyPolicyAsync(version, caller, cancellation);
        if (applied.Refusal is { } refusal)
        {
            return refusal;
        }

        var now = Now();
        var row = await writes.RunAsync(
            async db =>
            {
                var row = await db.Set<PolicyVersion>().SingleAsync(row => row.Version == version);
                (row.AppliesTo, row.AppliedAt) = (PolicyScope.NewAndOpen, now);
                caller.Note(db, now, "applied to open tickets", (Area, $"version {version}", ""), null, new { deadlinesMoved = applied.Value!.Moved.Count });
                return row;
            },
            _ => changes.Publish(new(Policies.Topic, version)),
            cancellation);
        return new PolicyPublished(policies.Version(version), PolicyQueries.ToView(row), applied.Value!.Moved);
    }

    /// <summary>Keeps a draft, right or wrong. Refused when somebody else changed it since <paramref name="seen"/>.</summary>
    /// <param name="seen">The version of the stored draft that this one was made from; null when there was none.</param>
    public async Task<Outcome<PolicyDraftView>> SaveDraftAsync(PolicyDraft draft, int basedOn, long? seen, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsAdmin)
        {
            return NotAnAdmin;
        }

        var json = PolicyJson.Write(draft);
        if (json.Length > LongestDraft)
        {
            return Refusal.Invalid(("rules", "This draft is too large to be kept."));
        }

        var now = Now();
        return await ChangeDraftAsync<PolicyDraftView>(
            seen,
            (db, row) =>
            {
                if (row is null)
                {
                    row = new() { Json = json, EditorName = caller.Name };
                    db.Add(row);
                }

                (row.Json, row.BasedOn, row.EditorId, row.EditorName, row.EditedAt) = (json, basedOn, caller.StaffId, caller.Name, now);
                row.Version++;
                return PolicyQueries.ToView(row);
            },
            cancellation);
    }

    /// <summary>Throws the draft away. Refused when somebody else changed it since <paramref name="seen"/>.</summary>
    public async Task<Outcome<bool>> DiscardDraftAsync(long seen, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.IsAdmin
            ? await ChangeDraftAsync<bool>(
                seen,
                (db, row) =>
                {
                    db.Remove(row!);
                    return true;
                },
                cancellation)
            : NotAnAdmin;
    }

    private async Task<Outcome<T>> ChangeDraftAsync<T>(long? seen, Func<SupportDb, PolicyDraftRow?, T> change, CancellationToken cancellation)
    {
        try
        {
            return await writes.RunAsync<Outcome<T>>(
                async db => await db.Set<PolicyDraftRow>().SingleOrDefaultAsync() is var row && row?.Version != seen ? DraftChanged(row) : change(db, row),
                outcome =>
                {
                    if (outcome.IsDone)
                    {
                        changes.Publish(new(DraftTopic, PolicyDraftRow.TheOne));
                    }
                },
                cancellation);
        }
        catch (DbUpdateException)
        {
            // Another node's writer came between reading and writing.
            return DraftChanged(null);
        }
    }

    private async Task<Outcome<PolicyVersion>> WriteAsync(SlaPolicy policy, string note, PolicyScope appliesTo, int basedOn, StaffCaller caller, long? storedDraft, CancellationToken cancellation)
    {
        var now = Now();
        try
        {
            return await writes.RunAsync<Outcome<PolicyVersion>>(
                async db =>
                {
                    var newest = await db.Set<PolicyVersion>().MaxAsync(row => row.Version);
                    if (newest != basedOn)
                    {
                        return Stale(newest, basedOn);
                    }

                    if (await StrangerAsync(db, policy) is { } stranger)
                    {
                        return Refused([new("escalateTo", $"There is nobody of the address {stranger} on the staff who could be told after the leads.")]);
                    }

                    if (storedDraft is { } seen)
                    {
                        var draft = await db.Set<PolicyDraftRow>().SingleOrDefaultAsync();
                        if (draft?.Version != seen)
                        {
                            return DraftChanged(draft);
                        }

                        db.Remove(draft);
                    }

                    var row = new PolicyVersion
                    {
                        Version = policy.Version, Json = PolicyJson.Write(policy), PublishedAt = now, Note = note, AuthorId = caller.StaffId, AuthorName = caller.Name,
                        AppliesTo = appliesTo, Tzdb = BusinessCalendar.TzdbVersion,
                    };
                    db.Add(row);
                    caller.Note(db, now, "published", (Area, $"version {row.Version}", ""), null, new { note, appliesTo, basedOn });
                    await LedgerBook.AppendAsync(db, [PolicyLedger.ToFact(row)]);
                    return row;
                },
                outcome =>
                {
                    if (outcome.Value is { } row)
                    {
                        policies.Learn(row);
                        changes.Publish(new(Policies.Topic, row.Version));
                        changes.Publish(new(DraftTopic, PolicyDraftRow.TheOne));
                    }
                },
                cancellation);
        }
        catch (DbUpdateException)
        {
            // The number is the key: of two nodes that publish in the same moment the database lets one through.
            if ((await CurrentAsync(cancellation)).Version is var newest && newest != basedOn)
            {
                return Stale(newest, basedOn);
            }

            throw;
        }
    }

    /// <summary>An address among those that are told after the leads that belongs to nobody, or to somebody who is shut out; null when there is none.</summary>
    private static async Task<string?> StrangerAsync(SupportDb db, SlaPolicy policy)
    {
        var known = policy.EscalateTo is null ? [] : await NotificationWriter.PeopleAsync(db, policy.EscalateTo);
        return policy.EscalateTo?.FirstOrDefault(address => !known.Any(person => string.Equals(person.Address, address, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<SlaPolicy> CurrentAsync(CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await policies.CurrentAsync(db);
    }

    private DateTimeOffset Now() => ObligationClock.Whole(clock.GetUtcNow());

    private static Refusal Refused(IReadOnlyList<PolicyProblem> problems) => Refusal.Invalid([.. problems.Select(problem => (problem.Field, problem.Message))]);

    private static Refusal Stale(int newest, int basedOn) => Refusal.Conflict(
        "stale-version",
        newest > basedOn ? $"Version {newest} was published meanwhile, and yours is based on version {basedOn}. Read it and decide again; nothing of yours was published." : $"There is no version {basedOn}; the newest is {newest}.");

    private static Refusal DraftChanged(PolicyDraftRow? row) => Refusal.Conflict(
        "stale-version", row is null ? "The draft was published or thrown away meanwhile. Nothing of yours was written over it." : $"{row.EditorName} changed the draft meanwhile. Look at it again; nothing of yours was written over it.");
}
