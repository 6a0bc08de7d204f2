using System.Text.Json;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

/// <summary>Tickets by REST. A key acts for a staff member: a public message posted with it is that person's answer unless it says that it is automated.</summary>
internal sealed class TicketEndpoints(TicketCommands commands, TicketQueries queries, PatchReader patches, TimeProvider clock)
{
    public async Task<IResult> OpenAsync(HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<TicketInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var errors = new List<(string, string)>();
        if (!ApiBody.TryWord<Channel>(input!.Channel, out var channel))
        {
            errors.Add(("channel", "Say email, chat, phone or mailbox."));
        }

        ClaimCriterion criterion = default;
        if (input.Criterion is not null && !ApiBody.TryWord(input.Criterion, out criterion))
        {
            errors.Add(("criterion", "Say signIn, outage, content or dataLoss."));
        }

        if (errors.Count > 0)
        {
            return Refusal.Invalid([.. errors]).ToResult();
        }

        var caller = http.Staff();
        var opened = await commands.OpenAsync(
            new()
            {
                Channel = channel,
                Requester = new(input.Account, input.Requester?.Email, input.Requester?.Name),
                Subject = input.Subject,
                Body = input.Body,
                Files = input.Attachments ?? [],
                IsBusinessCritical = input.BusinessCritical ?? false,
                Criterion = input.Criterion is null ? null : criterion,
                Impact = input.Impact,
                PhoneNumber = input.PhoneNumber,
                CallWish = input.CallWindow,
                Locale = input.Locale,
                ClientMessageId = input.ClientMessageId ?? Idempotency.MessageId(http, caller) ?? Guid.CreateVersion7().ToString("N"),
            },
            caller,
            http.RequestAborted);
        return opened.Refusal is { } refusal ? refusal.ToResult() : await AnswerAsync(opened.Value!.Number, http, opened.Value.View, created: true);
    }

    public Task<IResult> GetAsync(long number, HttpContext http) => AnswerAsync(number, http);

    public async Task<IResult> PatchAsync(long number, HttpContext http)
    {
        var (patch, problem) = await ApiBody.ReadAsync<TicketPatch>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (patch!.Requester is not null || patch.Account is not null)
        {
            return await ChangeRequesterAsync(number, patch, http);
        }

        var (edit, refusal) = await patches.ReadAsync(patch, http.RequestAborted);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var outcome = await commands.EditAsync(number, edit, http.Staff(), patch.Version, http.RequestAborted);
        return outcome.Refusal is { } refused ? refused.ToResult() : await AnswerAsync(number, http);
    }

    /// <summary>A requester changes alone, because it is a verb of its own and all of a patch happens or nothing of it.</summary>
    private async Task<IResult> ChangeRequesterAsync(long number, TicketPatch patch, HttpContext http)
    {
        if (patch is not { Status: null, Subject: null, Tags: null, Severity: null, Assignee.ValueKind: JsonValueKind.Undefined })
        {
            return Refusal.Invalid(("requester", "Change the requester by itself, and the rest in a second call.")).ToResult();
        }

        if (string.IsNullOrWhiteSpace(patch.Requester?.Email))
        {
            return Refusal.Invalid(("requester.email", "The requester's email address is missing.")).ToResult();
        }

        var outcome = await commands.ChangeRequesterAsync(number, new(patch.Account, patch.Requester.Email, patch.Requester.Name), http.Staff(), http.RequestAborted);
        return outcome.Refusal is { } refused ? refused.ToResult() : await AnswerAsync(number, http);
    }

    public async Task<IResult> MergeAsync(long number, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<MergeInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (input!.Into is not { } into)
        {
            return Refusal.Invalid(("into", "Say the number of the ticket that carries this one on.")).ToResult();
        }

        var outcome = await commands.MergeAsync(number, into, http.Staff(), http.RequestAborted);
        return outcome.Refusal is { } refused ? refused.ToResult() : await AnswerAsync(into, http);
    }

    public async Task<IResult> SplitAsync(long number, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<SplitInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (input!.FromSequence is not { } sequence)
        {
            return Refusal.Invalid(("fromSequence", "Say the sequence of the customer's message that the new ticket is about.")).ToResult();
        }

        var outcome = await commands.SplitAsync(number, sequence, input.Subject, http.Staff(), http.RequestAborted);
        return outcome.Refusal is { } refused ? refused.ToResult() : await AnswerAsync(outcome.Value!.Number, http, created: true);
    }

    public async Task<IResult> DecideClaimAsync(long number, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<DecisionInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (input!.Confirm is not { } confirm)
        {
            return Refusal.Invalid(("confirm", "Say true to confirm the claim, false to decline it.")).ToResult();
        }

        var outcome = await commands.DecideClaimAsync(number, confirm, input.Reason, http.Staff(), http.RequestAborted);
        return outcome.Refusal is { } refused ? refused.ToResult() : await AnswerAsync(number, http);
    }

    public async Task<IResult> LedgerAsync(long number, HttpContext http) =>
        await queries.LedgerAsync(number, http.Staff(), http.RequestAborted) is { } entries
            ? WireJson.Result(new { items = entries.Select(LedgerOut.Of) })
            : Refusal.TicketNotFound.ToResult();

    public async Task<IResult> QueueAsync(string? view, string? cursor, HttpContext http)
    {
        var query = new ApiQuery(http);
        var most = (int)Math.Clamp(query.Long("limit") ?? 50, 1, 200);
        if (query.Refusal is { } invalid)
        {
            return invalid.ToResult();
        }

        if (!ApiBody.TryWord<QueueView>((view ?? "all").Replace("-", "", StringComparison.Ordinal), out var parsed))
        {
            return Refusal.Invalid(("view", "Say all, mine, my-accounts, unassigned, at-risk, breached, critical, chat, email, phone or snoozed.")).ToResult();
        }

        if (!QueueCursor.TryRead(cursor, out var after))
        {
            return Refusal.Invalid(("cursor", "That cursor is not one of ours; leave it out to begin anew.")).ToResult();
        }

        var now = ObligationClock.Whole(clock.GetUtcNow());
        var rows = await queries.QueueAsync(parsed, http.Staff(), most + 1, after, now, http.RequestAborted);
        var page = rows.Take(most).ToList();
        return WireJson.Result(new Page<TicketOut>([.. page.Select(row => TicketOut.Of(row, now))], rows.Count > most ? QueueCursor.Write(new(page[^1].NextDueAt, page[^1].Number)) : null));
    }

    public async Task<IResult> SearchAsync(string? q, HttpContext http)
    {
        var caller = http.Staff();
        var numbers = await queries.SearchAsync(q ?? "", caller, http.RequestAborted);
        var now = clock.GetUtcNow();
        return WireJson.Result(new Page<TicketOut>([.. (await queries.GetManyAsync(numbers, caller, http.RequestAborted)).Select(ticket => TicketOut.Of(ticket, now))], null));
    }

    private async Task<IResult> AnswerAsync(long number, HttpContext http, TicketView? known = null, bool created = false)
    {
        if ((known ?? await queries.GetAsync(number, http.Staff(), http.RequestAborted)) is not { } ticket)
        {
            return Refusal.TicketNotFound.ToResult();
        }

        if (created)
        {
            http.Response.Headers.Location = $"/api/v1/tickets/{number}";
        }

        return WireJson.Result(TicketOut.Of(ticket, clock.GetUtcNow()), created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }
}
