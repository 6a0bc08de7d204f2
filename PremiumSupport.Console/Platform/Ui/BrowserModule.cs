using Microsoft.JSInterop;

namespace PremiumSupport.Platform.Ui;

/// <summary>How a component lets go of the JavaScript it had in the page.</summary>
public static class BrowserModule
{
    /// <summary>
    /// Lets <paramref name="attached"/> undo what it did to the page by its <c>detach</c>, and gives both references up. Silent where the page went first: then the line is closed, or
    /// closes while this waits, and the module is gone with the page. Any other failure is thrown.
    /// </summary>
    /// <param name="module">The imported module, or <see langword="null"/> before the first render.</param>
    /// <param name="attached">What the module returned for this component, if it keeps something in the page.</param>
    public static async ValueTask LetGoAsync(IJSObjectReference? module, IJSObjectReference? attached = null)
    {
        try
        {
            if (attached is not null)
            {
                await attached.InvokeVoidAsync("detach");
                await attached.DisposeAsync();
            }

            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The page is gone and its module with it.
        }
    }
}
