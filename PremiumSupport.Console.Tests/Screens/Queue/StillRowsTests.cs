using PremiumSupport.Desk.Tickets;
using PremiumSupport.Screens.Queue;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Screens.Queue;

/// <summary>Rows under a pointer keep their places while their contents stay true.</summary>
public sealed class StillRowsTests
{
    [Fact]
    public void A_new_row_waits()
    {
        var still = StillRows.Hold([Row(2), Row(3)], [Row(1, 5), Row(2), Row(3)]);
        Assert.Equal([2L, 3L], still.Rows.Select(row => row.Number));
        Assert.Equal(1, still.Waiting);
        Assert.Empty(still.Gone);
    }

    [Fact]
    public void A_row_that_left_stays_where_it_was_until_the_list_may_move()
    {
        var still = StillRows.Hold([Row(1), Row(2)], [Row(2)]);
        Assert.Equal([1L, 2L], still.Rows.Select(row => row.Number));
        Assert.Equal([1L], still.Gone);
        Assert.Equal(1, still.Waiting);
    }

    [Fact]
    public void A_row_shows_its_new_contents_in_its_old_place()
    {
        var still = StillRows.Hold([Row(1, 10), Row(2, 20)], [Row(2, 20), Row(1, 40, assignee: "Mara")]);
        Assert.Equal([1L, 2L], still.Rows.Select(row => row.Number));
        Assert.Equal("Mara", still.Rows[0].AssigneeName);
        Assert.Equal(1, still.Waiting);
    }

    [Fact]
    public void Nothing_new_means_nothing_waits()
    {
        var rows = new[] { Row(1), Row(2) };
        Assert.Equal(0, StillRows.Hold(rows, rows).Waiting);
    }

    [Fact]
    public void Of_the_first_rows_others_wait_and_what_happens_below_them_does_not()
    {
        QueueRow[] shown = [Row(1, 10), Row(2, 20)];
        Assert.Equal(0, StillRows.HoldFirst(shown, [Row(1, 10), Row(2, 20), Row(3, 30)], 2).Waiting);
        Assert.Equal(1, StillRows.HoldFirst(shown, [Row(1, 10), Row(3, 15), Row(2, 20)], 2).Waiting);
        Assert.Equal(2, StillRows.HoldFirst(shown, [Row(2, 20), Row(1, 25)], 2).Waiting);

        // Pushed out by another one, a row is still true; solved, it is gone; and a list that is shorter now waits, too.
        Assert.Empty(StillRows.HoldFirst(shown, [Row(1, 10), Row(3, 15), Row(2, 20)], 2).Gone);
        var shorter = StillRows.HoldFirst(shown, [Row(1, 10)], 2);
        Assert.Equal((1, true), (shorter.Waiting, shorter.Gone.SetEquals([2])));
    }
}
