using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla.Proof;

/// <summary>
/// Rule 16 against somebody who knows how the ledger is hashed: each lie is written with all its hashes anew, so that only the recomputing can find it. The sentence names the
/// field, what it says and what it should say.
/// </summary>
public class LedgerLieTests
{
    private static readonly DateTimeOffset Start = At("2026-01-13 10:00:00");

    /// <summary>The row's number in <see cref="Life"/>, what is written into it, and the sentence. A value of "-" takes the field out.</summary>
    [Theory]
    [InlineData(1, "dueAt", "2026-01-13T11:30:00.000Z", "First response, cycle 1, promised: dueAt says 2026-01-13T11:30:00.000Z; policy version 1 for email, superAdmin, businessCritical (00:30:00 on 24x7 from 2026-01-13T10:00:00.000Z) makes it 2026-01-13T10:30:00.000Z.")]
    [InlineData(1, "atRiskAt", "2026-01-13T10:25:00.000Z", "atRiskAt says 2026-01-13T10:25:00.000Z; 75 % of the open time makes it 2026-01-13T10:22:30.000Z.")]
    [InlineData(1, "target", "02:00:00", "target says 02:00:00; policy version 1 for email, superAdmin, businessCritical makes it 00:30:00.")]
    [InlineData(1, "commitment", "target", "commitment says target; policy version 1 for email, superAdmin, businessCritical makes it guaranteed.")]
    [InlineData(1, "calendar", "office", "calendar says office; policy version 1 for email, superAdmin, businessCritical makes it 24x7.")]
    [InlineData(1, "role", "user", "target says 00:30:00; policy version 1 for email, user, businessCritical makes it 1 business days.")]
    [InlineData(1, "channel", "fax", "channel says 'fax', which it cannot.")]
    [InlineData(1, "severity", "standard", "Claimed: Business critical is claimed, and the promise was made for standard: a claim counts from creation (rule 8).")]
    [InlineData(1, "policyVersion", "3", "policyVersion says 3, and no such version was published.")]
    [InlineData(1, "dueAt", "soon", "dueAt says 'soon', which it cannot.")]
    [InlineData(1, "dueAt", "-", "dueAt is missing.")]
    [InlineData(3, "step", "75%", "The warning at 75% is dated 2026-01-13T10:15:00.000Z; the policy's steps make it 2026-01-13T10:22:30.000Z (rule 11).")]
    [InlineData(3, "step", "60%", "step says 60%; the policy has no such step for this promise (rule 11).")]
    [InlineData(3, "detectedAt", "2026-01-13T10:14:00.000Z", "detectedAt says 2026-01-13T10:14:00.000Z, before the warning's own moment.")]
    [InlineData(5, "reason", "mercy", "reason says 'mercy'; it can say declined, raised, policy, paused or resumed.")]
    [InlineData(5, "dueAt", "2026-01-13T12:00:00.000Z", "First response, cycle 1, retargeted: dueAt says 2026-01-13T12:00:00.000Z; the decline, 01:00:00 from the start (rule 8), makes it 2026-01-13T11:00:00.000Z.")]
    [InlineData(5, "grossDueAt", "2026-01-13T12:00:00.000Z", "grossDueAt says 2026-01-13T12:00:00.000Z")]
    [InlineData(5, "from", "2026-01-13T10:31:00.000Z", "from says 2026-01-13T10:31:00.000Z; the deadline before makes it 2026-01-13T10:30:00.000Z.")]
    [InlineData(5, "anchorAt", "2026-01-13T10:20:00.000Z", "anchorAt says 2026-01-13T10:20:00.000Z")]
    [InlineData(6, "dueAt", "2026-01-13T11:30:00.000Z", "First response, cycle 1, excluded: dueAt says 2026-01-13T11:30:00.000Z; the exception 00000001-0000-0000-0000-000000000000 makes it 2026-01-13T11:10:00.000Z.")]
    [InlineData(6, "exception", "00000002-0000-0000-0000-000000000000", "exception says 00000002-0000-0000-0000-000000000000, and no such exception was approved.")]
    [InlineData(6, "window", "2026-01-13T10:30:00.000Z/2026-01-13T11:40:00.000Z", "window says 2026-01-13T10:30:00.000Z/2026-01-13T11:40:00.000Z; what was approved makes it 2026-01-13T10:40:00.000Z/2026-01-13T10:50:00.000Z.")]
    [InlineData(9, "detectedAt", "2026-01-13T11:10:00.000Z", "detectedAt says 2026-01-13T11:10:00.000Z, and at the deadline, 2026-01-13T11:10:00.000Z, an answer is still in time (rule 3).")]
    [InlineData(10, "dueAt", "2026-01-13T11:20:00.000Z", "dueAt says 2026-01-13T11:20:00.000Z; the last deadline before makes it 2026-01-13T11:10:00.000Z.")]
    public void A_field_that_lies_is_named_with_what_it_should_say(int row, string field, string value, string sentence)
    {
        var books = Life();

        books.Write("acme", row - 1, field, value == "-" ? null : value);
        books.Rehash("acme");

        Assert.Contains(books.Verify(), mismatch => mismatch.What.Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, "The row is about first response, cycle 1, and no row before it promises that.")]
    [InlineData(3, "The warning at 50% was due at 2026-01-13T10:15:00.000Z, and no row says that it was given (rule 11).")]
    [InlineData(4, "reason says declined, and no row says that the claim was declined.")]
    [InlineData(5, "The claim was declined by row 4, and no row moves the deadline to what standard promises (rule 8).")]
    [InlineData(6, "The exception 00000001-0000-0000-0000-000000000000, approved at 2026-01-13T10:20:00.000Z, moves the deadline 2026-01-13T11:00:00.000Z to 2026-01-13T11:10:00.000Z, and no row says so (rule 13).")]
    [InlineData(9, "The deadline 2026-01-13T11:10:00.000Z passed unanswered, and no row says that it was breached (rule 4).")]
    public void A_row_that_was_left_out_is_missed(int row, string sentence)
    {
        var books = Life();

        books["acme"].RemoveAt(row - 1);
        books.Rehash("acme");

        Assert.Contains(books.Verify(), mismatch => mismatch.What.Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, "First response, cycle 1 was promised before, by row 1.")]
    [InlineData(3, "It warns of 50% a second time; each step fires once (rule 11).")]
    [InlineData(6, "The exception 00000001-0000-0000-0000-000000000000 moved this deadline before.")]
    [InlineData(9, "It is breached a second time; the first was at 2026-01-13T11:10:00.000Z (rule 4).")]
    [InlineData(10, "It is answered at 2026-01-13T11:30:00.000Z, and it ended at 2026-01-13T11:30:00.000Z.")]
    public void A_row_that_was_written_twice_is_one_too_many(int row, string sentence)
    {
        var books = Life();

        books["acme"].Insert(row, books["acme"][row - 1]);
        books.Rehash("acme");

        Assert.Contains(books.Verify(), mismatch => mismatch.What.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_late_answer_that_was_made_good_is_found()
    {
        var books = Life();

        books["acme"][9] = books["acme"][9] with { Kind = nameof(LedgerKind.Met) };
        books.Rehash("acme");

        Assert.Contains(books.Verify(), mismatch => mismatch.What.Contains("The row says met, and the answer came at 2026-01-13T11:30:00.000Z, after the deadline 2026-01-13T11:10:00.000Z (rule 3).", StringComparison.Ordinal));
    }

    [Fact]
    public void A_breach_that_is_dated_otherwise_than_its_deadline_is_found()
    {
        var books = Life();

        books["acme"][8] = books["acme"][8] with { At = At("2026-01-13 11:15:00") };
        books.Rehash("acme");

        Assert.Contains(books.Verify(), mismatch => mismatch.What.Contains("The breach is dated 2026-01-13T11:15:00.000Z; it is stamped with the deadline, 2026-01-13T11:10:00.000Z (rule 4).", StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_that_was_rewritten_on_the_vendors_chain_shows_in_every_promise_of_it()
    {
        var books = Life();

        books.Write("*", 0, "policy", PremiumSupport.Desk.Entitlements.PolicyJson.Write(Policy() with { Rules = [.. Policy().Rules.Select(rule => rule with { Target = PromiseTarget.Of(TimeSpan.FromHours(9)) })] }));
        books.Rehash("*");

        Assert.Contains(books.Verify(), mismatch => mismatch is { Account: "acme", Sequence: 1 } && mismatch.What.Contains("makes it 09:00:00", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("policy", "{}", "policy says what is no policy")]
    [InlineData("policy", "{\"version\":1,\"note\":\"\",\"rules\":[{}],\"calendars\":[]}", "its rule 1 has no target, warnings or calendar that can be.")]
    [InlineData("version", "2", "version says 2; the version after 0 is 1 (rule 10).")]
    [InlineData("appliesTo", "friends", "appliesTo says 'friends'; it can say new or newAndOpen.")]
    public void What_the_vendors_chain_cannot_say_is_named(string field, string value, string sentence)
    {
        var books = Life();

        books.Write("*", 0, field, value);
        books.Rehash("*");

        Assert.Contains(books.Verify(), mismatch => mismatch.Account == "*" && mismatch.What.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Other_time_zones_than_those_installed_are_named_where_they_may_be_why()
    {
        var books = new Books();
        books.Publish(Policy(), At("2026-01-01"));
        var request = Request("2026-01-13 10:00:00") with { AccountKey = "acme", Role = RequesterRole.User };
        books.Append("acme", 1001, PromiseClock.Promise(Policy(), request).SelectMany(promised => ObligationClock.Begin(promised, request, Policy(), []).Ledger));
        books.Write("acme", 0, "tzdb", "TZDB: 2019a");
        books.Rehash("acme");
        Assert.Empty(books.Verify());

        books.Write("acme", 0, "dueAt", "2026-01-14T11:00:00.000Z");
        books.Rehash("acme");

        Assert.Contains(books.Verify(), mismatch => mismatch.What.Contains($"It was computed with the time zones of TZDB: 2019a; {BusinessCalendar.TzdbVersion} is installed here, which may be why.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_still_to_be_flagged_is_not_missed_and_what_is_overdue_is()
    {
        var books = new Books();
        books.Publish(Policy(), At("2026-01-01"));
        var request = Request("2026-01-13 10:00:00") with { AccountKey = "acme" };
        books.Append("acme", 1001, PromiseClock.Promise(Policy(), request).SelectMany(promised => ObligationClock.Begin(promised, request, Policy(), []).Ledger));

        Assert.Empty(books.Verify(Start.AddMinutes(29)));
        Assert.Empty(books.Verify(Start.AddMinutes(30) + PremiumSupport.Sla.Proof.LedgerVerifier.Grace - TimeSpan.FromMilliseconds(1)));
        Assert.Contains(books.Verify(Start.AddMinutes(40)), mismatch => mismatch.What.Contains("The warning at 50% was due", StringComparison.Ordinal));
        Assert.Contains(books.Verify(Start.AddHours(2)), mismatch => mismatch.What.Contains("passed unanswered, and no row says that it was breached", StringComparison.Ordinal));
    }

    /// <summary>
    /// Rows on acme's chain: 1 promised critical, 2 claimed, 3 warned 50 % (10:15), 4 declined (10:18), 5 retargeted to 11:00, 6 excluded by ten minutes (approved 10:20, from
    /// 10:40), 7 and 8 warned, and the steps of the longer promise that had not fired; 9 breached at 11:10, 10 answered late at 11:30.
    /// </summary>
    private static Books Life()
    {
        var desk = new PaperDesk(Policy(), At("2026-01-01"));
        var ticket = desk.Open(Request("2026-01-13 10:00:00", ClaimState.Pending) with { AccountKey = "acme" });
        desk.Sweep(Start.AddMinutes(15));
        desk.Do(ticket, Start.AddMinutes(18), facts => TicketRules.DecideClaim(facts, isConfirmed: false, "One user only.", Start.AddMinutes(18)));
        desk.Approve(new(new Guid(1, 0, 0, new byte[8]), Start.AddMinutes(40), Start.AddMinutes(50), ExceptionScope.Account, "acme", ExceptionReason.Incident, "A power cut."), Start.AddMinutes(20));
        desk.Do(ticket, Start.AddMinutes(90), facts => TicketRules.Reply(facts, isAutomated: false, Start.AddMinutes(90)));
        Assert.Equal(10, desk.Books["acme"].Count);
        Assert.Empty(desk.Books.Verify());
        return desk.Books;
    }
}
