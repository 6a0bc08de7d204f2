using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Nudging;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Tickets.Nudging;

/// <summary>Who may ask whom for a look.</summary>
public sealed class NudgeRulesTests
{
    private static readonly Guid Mara = Guid.NewGuid();
    private static readonly NudgeFacts Open = new(TicketStatus.Open, Mara, new HashSet<Guid>(), "", false);

    [Fact]
    public void Leads_and_admins_ask_and_specialists_do_not()
    {
        Assert.Equal([Mara], NudgeRules.Ask(Open, StaffFakes.Lead).Value);
        Assert.Equal([Mara], NudgeRules.Ask(Open, StaffFakes.Admin).Value);
        Assert.Equal(RefusalKind.Forbidden, NudgeRules.Ask(Open, StaffFakes.Specialist).Refusal!.Kind);
    }

    [Theory]
    [InlineData(TicketStatus.Solved, "solved")]
    [InlineData(TicketStatus.Closed, "closed")]
    public void What_is_done_is_refused_in_words(TicketStatus status, string word)
    {
        var refusal = NudgeRules.Ask(Open with { Status = status }, StaffFakes.Lead).Refusal!;
        Assert.Equal("not-open", refusal.Code);
        Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ones_own_ticket_a_second_time_and_too_many_words_are_refused()
    {
        Assert.Equal("own-ticket", NudgeRules.Ask(Open with { Assignee = StaffFakes.Lead.StaffId }, StaffFakes.Lead).Refusal!.Code);
        Assert.Equal("just-asked", NudgeRules.Ask(Open with { HasJustAsked = true }, StaffFakes.Lead).Refusal!.Code);
        Assert.True(NudgeRules.Ask(Open with { Note = new('x', HeadsUp.LongestText) }, StaffFakes.Lead).IsDone);
        Assert.Contains("note", NudgeRules.Ask(Open with { Note = new('x', HeadsUp.LongestText + 1) }, StaffFakes.Lead).Refusal!.Errors.Keys);
    }
}
