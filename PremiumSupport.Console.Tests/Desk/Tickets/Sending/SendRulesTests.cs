using Microsoft.Extensions.Configuration;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Desk.Tickets.Sending;

/// <summary>A window never costs a promise, to the second.</summary>
public sealed class SendRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(null, 10)]
    [InlineData(26.0, 10)]
    [InlineData(25.0, 10)]
    [InlineData(24.999, 0)]
    [InlineData(10.0, 0)]
    [InlineData(0.0, 0)]
    [InlineData(-0.001, 0)]
    [InlineData(-3600.0, 0)]
    public void It_waits_unless_that_would_come_near_a_deadline_or_one_has_passed(double? dueIn, double waits) =>
        Assert.Equal(Now.AddSeconds(waits), SendRules.SendAt(Window, dueIn is { } seconds ? Now.AddSeconds(seconds) : null, Now));

    [Fact]
    public void Without_a_window_it_goes_at_once() => Assert.Equal(Now, SendRules.SendAt(TimeSpan.Zero, Now.AddHours(1), Now));

    [Fact]
    public void A_mail_can_be_taken_back_for_ten_seconds_and_a_chat_message_not_unless_it_is_set()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), Read().Of(Channel.Email));
        Assert.Equal(TimeSpan.FromSeconds(10), Read().Of(Channel.Phone));
        Assert.Equal(TimeSpan.Zero, Read().Of(Channel.Chat));
        Assert.Equal(TimeSpan.FromSeconds(3), Read(("Undo:Chat", "00:00:03")).Of(Channel.Chat));
        Assert.Equal(TimeSpan.Zero, Read(("Undo:Email", "00:00:00")).Of(Channel.Email));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-00:00:01")]
    [InlineData("00:01:01")]
    public void A_window_that_cannot_be_stops_the_start_and_names_the_key(string window)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Read(("Undo:Email", window)));
        Assert.Contains("Undo__Email", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_who_got_the_ticket_since_send_was_pressed_keeps_it()
    {
        var (author, before, since) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Assert.Null(SendRules.TakenMeanwhile(null, null, null, author));
        Assert.Null(SendRules.TakenMeanwhile(before, before, "Before", author));
        Assert.Null(SendRules.TakenMeanwhile(before, null, null, author));
        Assert.Null(SendRules.TakenMeanwhile(null, author, "Author", author));
        Assert.Equal(("taken-meanwhile", true), SendRules.TakenMeanwhile(null, since, "Tomas", author) is { } no ? (no.Code, no.Message.Contains("Tomas", StringComparison.Ordinal)) : default);
        Assert.NotNull(SendRules.TakenMeanwhile(before, since, null, author));
    }

    private static UndoOptions Read(params (string Key, string Value)[] settings) =>
        UndoOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
