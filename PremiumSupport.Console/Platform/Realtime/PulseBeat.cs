using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace PremiumSupport.Platform.Realtime;

/// <summary>
/// Stands in a page and shows nothing. A component that asks to be drawn while another is being drawn comes into the same batch, so being drawn itself is how it brings all that has read again into one.
/// </summary>
public sealed class PulseBeat : ComponentBase
{
    /// <summary>The page's pulse.</summary>
    [Parameter, EditorRequired]
    public CircuitPulse Pulse { get; set; } = default!;

    /// <inheritdoc />
    protected override void OnInitialized() => Pulse.DrawBy(StateHasChanged);

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder) => Pulse.DrawReady();
}
