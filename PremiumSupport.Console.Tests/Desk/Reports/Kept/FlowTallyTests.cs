using NodaTime;
using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Desk.Reports.Kept;

/// <summary>Arrivals and backlog against a plain count of who was open when.</summary>
public sealed class FlowTallyTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 10, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "Europe/Berlin")]
    [InlineData(7, "Europe/Berlin")]
    [InlineData(30, "Asia/Kathmandu")]
    public void The_backlog_is_who_was_open_at_the_end_of_each_step(int days, string id)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var (random, zone) = (new Random(seed), DateTimeZoneProviders.Tzdb[id]);
            // A ticket is open from each even moment of its life to the next odd one.
            var lives = Enumerable.Range(1, 120).Select(number => (Number: (long)number, Moments: Enumerable.Range(0, random.Next(1, 6)).Select(_ => Now.AddMilliseconds(-random.NextInt64(45L * 86_400_000))).Order().ToArray())).ToList();
            var period = ReportPeriod.Of(new(days), Now, zone);
            // Spread over several pages of the book, of which a period that is short knows most by their sum.
            var moves = lives.SelectMany(life => life.Moments.Index().Select(moment => new TicketMove(
                life.Number * 40, moment.Item.ToUnixTimeMilliseconds(), moment.Index == 0 ? MoveKind.Arrived : moment.Index % 2 == 1 ? MoveKind.Left : MoveKind.Back, Channel.Chat, Severity.Standard, 0, -1))).ToList();
            var (tally, plain) = (new FlowTally(period, new(zone, period.From, period.To), older: 3), new FlowTally(period, new(zone, period.From, period.To), older: 3));
            tally.AddBefore(PromiseBook.Of([], moves, Now.AddDays(-200)).ReadMoves(period.From, period.To, tally.Add));
            moves.ForEach(move => plain.Add(in move));
            var flow = tally.ToFigures();
            Assert.Equal(plain.ToFigures().Steps, flow.Steps);
            int OpenAt(DateTimeOffset at) => 3 + lives.Count(life => life.Moments.Count(moment => moment < at) % 2 == 1);
            Assert.Equal(OpenAt(period.From), flow.OpenBefore);
            foreach (var (place, step) in flow.Steps.Index())
            {
                var end = place + 1 < flow.Steps.Count ? flow.Steps[place + 1].Start : period.To;
                Assert.Equal(OpenAt(end), step.Open);
                Assert.Equal(lives.Count(life => life.Moments[0] >= step.Start && life.Moments[0] < end), step.Arrived);
                Assert.Equal(lives.Sum(life => life.Moments.Index().Count(moment => moment.Index % 2 == 1 && moment.Item >= step.Start && moment.Item < end)), step.Left);
            }

            Assert.Equal(days == 1 ? 13 : days, flow.Steps.Count);
            Assert.Equal(lives.Count(life => life.Moments[0] >= period.From && life.Moments[0] < period.To), flow.Arrivals.Cast<int>().Sum());
        }
    }

    [Fact]
    public void Only_what_opens_or_closes_a_ticket_is_a_move()
    {
        DateTimeOffset At(int minutes) => Now.AddMinutes(minutes);
        (TicketEventKind, string, DateTimeOffset)[] events =
        [
            (TicketEventKind.StatusChanged, "waiting", At(1)), (TicketEventKind.StatusChanged, "solved", At(2)), (TicketEventKind.StatusChanged, "closed", At(3)), (TicketEventKind.Reopened, "", At(4)),
            (TicketEventKind.Reopened, "", At(5)), (TicketEventKind.StatusChanged, "open", At(6)), (TicketEventKind.Merged, "#7", At(7)),
        ];
        Assert.Equal([(At(0), MoveKind.Arrived), (At(2), MoveKind.Left), (At(4), MoveKind.Back), (At(7), MoveKind.Left)], MoveRules.Of(At(0), events));
    }
}
