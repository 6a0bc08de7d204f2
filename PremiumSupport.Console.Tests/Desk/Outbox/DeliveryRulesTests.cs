using CsCheck;
using PremiumSupport.Desk.Outbox;

namespace PremiumSupport.Tests.Desk.Outbox;

public sealed class DeliveryRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly SendFailure Later = new(false, "451 later");

    [Fact]
    public void A_refusal_for_good_is_the_end() => Gen.Int[1, 20].Sample(tries => Assert.Null(DeliveryRules.NextTry(tries, new(true, "550 no"), Now, 0.5)));

    [Fact]
    public void Each_wait_is_about_twice_the_last_and_none_is_longer_than_five_hours() => Gen.Select(Gen.Int[1, DeliveryRules.MostTries - 1], Gen.Double[0, 1]).Sample((tries, chance) =>
    {
        var wait = DeliveryRules.NextTry(tries, Later, Now, chance)!.Value - Now;
        var usual = TimeSpan.FromSeconds(Math.Min(30 * Math.Pow(2, tries - 1), 4 * 3600));
        Assert.InRange(wait, usual * 0.79, usual * 1.21);
    });

    [Fact]
    public void After_about_a_day_it_is_the_end()
    {
        var at = Now;
        for (var tries = 1; tries < DeliveryRules.MostTries; tries++)
        {
            at = DeliveryRules.NextTry(tries, Later, at, 0.5)!.Value;
        }

        Assert.InRange(at - Now, TimeSpan.FromHours(18), TimeSpan.FromHours(30));
        Assert.Null(DeliveryRules.NextTry(DeliveryRules.MostTries, Later, at, 0.5));
    }
}
