using Bunit;
using PremiumSupport.Screens.Admin;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>Lists of the admin pages that grow with the desk.</summary>
public sealed class LongListTests : BunitContext
{
    [Fact]
    public void A_short_list_is_shown_as_it_is()
    {
        var list = Shown(30);
        Assert.Equal(30, list.FindAll("li").Count);
        Assert.Empty(list.FindAll("input, button"));
    }

    [Fact]
    public void Of_a_long_one_the_first_are_shown_and_more_by_a_press()
    {
        var list = Shown(65);
        Assert.Equal(30, list.FindAll("li").Count);
        Assert.Equal("30 of 65", list.Find("[role='status']").TextContent);
        list.Find("button").Click();
        Assert.Equal("Show 5 more", list.Find("button").TextContent);
        list.Find("button").Click();
        Assert.Equal(65, list.FindAll("li").Count);
        Assert.Empty(list.FindAll("button"));
    }

    [Fact]
    public void All_words_have_to_fit_whatever_their_case_and_nothing_that_fits_is_said()
    {
        var list = Shown(200);
        list.Find("input").Input("ROW 17");
        Assert.Equal(["Row 17", "Row 117", .. Enumerable.Range(170, 10).Select(number => $"Row {number}")], list.FindAll("li").Select(row => row.TextContent));
        Assert.Equal("12 of 200 fit", list.Find("[role='status']").TextContent);
        list.Find("input").Input("row nowhere");
        Assert.Empty(list.FindAll("li"));
        Assert.Equal("Nothing fits.", list.Find("[role='status']").TextContent);
        list.Find("input").Input(" ");
        Assert.Equal(30, list.FindAll("li").Count);
    }

    private IRenderedComponent<LongList<string>> Shown(int rows) => Render<LongList<string>>(parameters => parameters
        .Add(list => list.Rows, [.. Enumerable.Range(0, rows).Select(number => $"Row {number}")])
        .Add(list => list.Text, row => row)
        .Add(list => list.Label, "Find a row")
        .Add(list => list.Id, "row-find")
        .Add(list => list.ChildContent, shown => builder =>
        {
            foreach (var row in shown)
            {
                builder.OpenElement(0, "li");
                builder.AddContent(1, row);
                builder.CloseElement();
            }
        }));
}
