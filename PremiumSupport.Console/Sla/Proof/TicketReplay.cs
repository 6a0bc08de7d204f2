namespace PremiumSupport.Sla.Proof;

/// <summary>The promises about one ticket on one chain, and the claim that some of them stand on.</summary>
internal sealed class TicketReplay
{
    public List<PromiseReplay> Promises { get; } = [];

    public PromiseReplay? Find(Metric metric, int cycle)
    {
        foreach (var promise in Promises)
        {
            if (promise.Key.Metric == metric && promise.Key.Cycle == cycle)
            {
                return promise;
            }
        }

        return null;
    }
}
