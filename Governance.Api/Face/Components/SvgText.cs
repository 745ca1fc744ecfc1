using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Governance.Api.Face.Components;

/// <summary>A text of a drawing. A component, because Razor keeps the tag <c>text</c> for itself.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Where it starts, with its unit: "12.5%".</summary>
    [Parameter, EditorRequired] public string X { get; set; } = "";

    /// <summary>Baseline, in pixels.</summary>
    [Parameter, EditorRequired] public int Y { get; set; }

    [Parameter] public string? Class { get; set; }

    [Parameter, EditorRequired] public string Content { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "x", X);
        builder.AddAttribute(3, "y", Y);
        builder.AddAttribute(4, "dx", "3");
        builder.AddContent(5, Content);
        builder.CloseElement();
    }
}
