using PremiumSupport.Screens.Admin.Promises;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>Hours as people type them, and fields as people read them.</summary>
public class SpanTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("9-17", "09:00-17:00")]
    [InlineData("9:30 – 12, 13:00-24:00", "09:30-12:00, 13:00-24:00")]
    [InlineData("09:00:15-17:00", "09:00:15-17:00")]
    [InlineData("nine to five", "nine to five")]
    [InlineData("9-12-17", "09:00-12:00-17:00")]
    public void What_is_typed_is_kept_whole_and_what_is_no_span_for_the_check_to_speak_of(string typed, string kept) => Assert.Equal(kept, SpanText.Write(SpanText.Read(typed)));

    [Fact]
    public void Spans_are_written_as_they_are_typed() => Assert.Equal("09:00-12:00, 13:00-24:00", SpanText.Write(Spans("09:00-12:00 13:00-24:00")));

    [Theory]
    [InlineData("rules[2].target", "Rule 3, target")]
    [InlineData("calendars[0].week.mon", "Calendar 1, week, mon")]
    [InlineData("calendars[1].shortDays[0].spans", "Calendar 2, short day 1, spans")]
    [InlineData("rules", "Rules")]
    public void A_field_of_the_api_is_said_in_words(string field, string words) => Assert.Equal(words, FieldWords.Of(field));
}
