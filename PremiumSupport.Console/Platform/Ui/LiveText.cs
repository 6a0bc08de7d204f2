using Microsoft.AspNetCore.Components;

namespace PremiumSupport.Platform.Ui;

/// <summary>
/// Text that changes often and stands deep in a page. As a component it is said to the browser by itself; among its neighbours each change of it would bring the way down to it and back, which is
/// three times as long as a subject.
/// </summary>
public sealed class LiveText : IComponent
{
    private readonly RenderFragment _draw;
    private RenderHandle _handle;
    private bool _isDrawn;

    /// <summary>Shows nothing yet.</summary>
    public LiveText() => _draw = builder => builder.AddContent(0, Value);

    /// <summary>The text; null for none.</summary>
    [Parameter, EditorRequired]
    public string? Value { get; set; }

    /// <inheritdoc />
    public void Attach(RenderHandle renderHandle) => _handle = renderHandle;

    /// <inheritdoc />
    public Task SetParametersAsync(ParameterView parameters)
    {
        var value = parameters.GetValueOrDefault<string?>(nameof(Value));
        if (!_isDrawn || value != Value)
        {
            (Value, _isDrawn) = (value, true);
            _handle.Render(_draw);
        }

        return Task.CompletedTask;
    }
}
