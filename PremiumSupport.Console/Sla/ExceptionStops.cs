namespace PremiumSupport.Sla;

/// <summary>Approved exceptions as stops of a request's clock.</summary>
public static class ExceptionStops
{
    /// <summary>The windows that cover a request, in the order of their beginnings.</summary>
    public static IReadOnlyList<ClockStop> Of(IEnumerable<ExceptionWindow> windows, PromiseRequest request) =>
    [
        .. windows
            .Where(window => window.Covers(request.AccountKey, request.Channel, request.Hubs))
            .OrderBy(window => window.From)
            .Select(window => new ClockStop(
                ObligationClock.Whole(window.From), ObligationClock.Whole(window.To), StopKind.Exception, window.Id.ToString("D"), LedgerFacts.Word(window.Reason), window.Note)),
    ];
}
