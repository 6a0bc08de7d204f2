using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Who may declare, approve and withdraw which exception (rule 13: prospective, by two people).</summary>
public sealed class ExceptionRulesTests
{
    private static readonly DateTimeOffset Now = At("2026-01-13 10:00:00");
    private static readonly Guid Author = Guid.NewGuid();
    private static readonly Guid Second = Guid.NewGuid();
    private static readonly ExceptionScopeFacts Known = new("acme", "Service Hub");

    private static readonly ExceptionDraft Good = new(Now, Now.AddHours(2), ExceptionScope.Everything, null, ExceptionReason.Incident, "We move house.");

    [Fact]
    public void A_good_draft_has_no_faults() => Assert.Empty(ExceptionRules.Faults(Good, Known, Now));

    public static TheoryData<string, ExceptionDraft, string> Faulty => new()
    {
        { "no start", Good with { From = null }, "from" },
        { "a millisecond ago", Good with { From = Now.AddMilliseconds(-1) }, "from" },
        { "no end", Good with { To = null }, "to" },
        { "an end at its start", Good with { To = Now }, "to" },
        { "an end before its start", Good with { To = Now.AddMinutes(-1) }, "to" },
        { "a millisecond too long", Good with { To = Now + ExceptionRules.Longest + TimeSpan.FromMilliseconds(1) }, "to" },
        { "no scope", Good with { Scope = null }, "scope.kind" },
        { "everything and a name", Good with { ScopeValue = "acme" }, "scope.value" },
        { "an account without a name", Good with { Scope = ExceptionScope.Account, ScopeValue = " " }, "scope.value" },
        { "a channel that is none", Good with { Scope = ExceptionScope.Channel, ScopeValue = "fax" }, "scope.value" },
        { "a channel by number", Good with { Scope = ExceptionScope.Channel, ScopeValue = "1" }, "scope.value" },
        { "no reason", Good with { Reason = null }, "reason" },
        { "no notice", Good with { Note = null }, "note" },
        { "a blank notice", Good with { Note = " \n " }, "note" },
        { "a notice too long", Good with { Note = new string('x', ExceptionRules.LongestNote + 1) }, "note" },
    };

    [Theory, MemberData(nameof(Faulty))]
    public void A_fault_names_its_field(string what, ExceptionDraft draft, string field)
    {
        var fault = Assert.Single(ExceptionRules.Faults(draft, Known, Now));
        Assert.True(fault.Field == field && fault.Message.EndsWith('.'), what);
    }

    [Theory]
    [InlineData(ExceptionScope.Account)]
    [InlineData(ExceptionScope.Hub)]
    public void A_name_that_nobody_has_is_refused(ExceptionScope scope) =>
        Assert.Equal("scope.value", Assert.Single(ExceptionRules.Faults(Good with { Scope = scope, ScopeValue = "nobody" }, new(null, null), Now)).Field);

    [Fact]
    public void Exactly_the_longest_is_allowed_and_so_is_a_start_at_this_very_moment() =>
        Assert.Empty(ExceptionRules.Faults(Good with { From = Now, To = Now + ExceptionRules.Longest }, Known, Now));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() =>
        Assert.Equal(["from", "note", "reason", "scope.kind", "to"], ExceptionRules.Faults(new(null, null, null, null, null, null), Known, Now).Select(fault => fault.Field).Order());

    [Theory]
    [InlineData(ExceptionScope.Account, " ACME ", "acme")]
    [InlineData(ExceptionScope.Channel, " Email ", "email")]
    [InlineData(ExceptionScope.Hub, "service hub", "Service Hub")]
    public void A_scope_is_kept_as_what_it_names_is_called(ExceptionScope scope, string said, string kept) =>
        Assert.Equal(kept, ExceptionRules.ScopeValue(Good with { Scope = scope, ScopeValue = said }, Known));

    [Fact]
    public void A_second_person_approves_while_something_of_it_is_still_to_come()
    {
        Assert.Null(Obstacle(ExceptionState.Proposed, Second, Now.AddMilliseconds(1)));
        Assert.Equal(ExceptionRules.OwnException, Obstacle(ExceptionState.Proposed, Author, Now.AddHours(1))!.Code);
        Assert.Equal("exception-over", Obstacle(ExceptionState.Proposed, Second, Now)!.Code);
        Assert.Equal("not-proposed", Obstacle(ExceptionState.Approved, Second, Now.AddHours(1))!.Code);
        Assert.Equal("not-proposed", Obstacle(ExceptionState.Withdrawn, Second, Now.AddHours(1))!.Code);
    }

    [Fact]
    public void Its_author_or_an_admin_withdraws_and_nobody_what_was_approved()
    {
        Assert.Null(ExceptionRules.WithdrawalObstacle(ExceptionState.Proposed, Author, Author, isAdmin: false));
        Assert.Null(ExceptionRules.WithdrawalObstacle(ExceptionState.Proposed, Author, Second, isAdmin: true));
        Assert.Equal(ExceptionRules.NotYours, ExceptionRules.WithdrawalObstacle(ExceptionState.Proposed, Author, Second, isAdmin: false)!.Code);
        Assert.Equal("not-proposed", ExceptionRules.WithdrawalObstacle(ExceptionState.Approved, Author, Author, isAdmin: true)!.Code);
        Assert.Equal("not-proposed", ExceptionRules.WithdrawalObstacle(ExceptionState.Withdrawn, Author, Author, isAdmin: true)!.Code);
    }

    [Theory]
    [InlineData(ExceptionScope.Everything, null, true)]
    [InlineData(ExceptionScope.Account, "acme", true)]
    [InlineData(ExceptionScope.Account, "globex", false)]
    [InlineData(ExceptionScope.Channel, "email", true)]
    [InlineData(ExceptionScope.Channel, "chat", false)]
    [InlineData(ExceptionScope.Hub, "service hub", true)]
    [InlineData(ExceptionScope.Hub, "Content Hub", false)]
    public void A_window_covers_what_its_scope_names(ExceptionScope scope, string? value, bool covers) =>
        Assert.Equal(covers, new ExceptionWindow(Guid.Empty, Now, Now.AddHours(1), scope, value, ExceptionReason.Other, "").Covers("acme", Channel.Email, ["Smart CRM", "Service Hub"]));

    [Fact]
    public void An_exception_is_told_among_the_reasons_with_its_notice()
    {
        ExplanationStep step = new(ExplanationKind.Exception, new Dictionary<string, string>
        {
            ["id"] = "", ["reason"] = "forceMajeure", ["note"] = "A flood.", ["from"] = "2026-01-13T10:00:00.000Z", ["to"] = "2026-02-03T12:00:00.000Z",
        });
        Assert.Equal("Force majeure: the clock stands still from Tue 13 Jan 10:00:00 until Tue 3 Feb 12:00:00 UTC. “A flood.”", Assert.Single(ExplanationWords.InEnglish([step])));
        Assert.Contains("from Tue 13 Jan 11:00:00 until Tue 3 Feb 13:00:00 (Europe/Berlin)", Assert.Single(ExplanationWords.InEnglish([step], "Europe/Berlin")), StringComparison.Ordinal);
    }

    private static ExceptionObstacle? Obstacle(ExceptionState state, Guid approver, DateTimeOffset to) => ExceptionRules.ApprovalObstacle(state, Author, to, approver, Now);
}
