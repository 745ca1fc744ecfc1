using Governance.Api.Face;
using Governance.Api.Face.Components;
using Microsoft.AspNetCore.Components;

namespace Governance.Api.Kernel.Http;

/// <summary>
/// A page of forms about one thing, each at an address that ends in what is to be done with it: <c>/{slug}/members/{member}/suspension</c>. Texts of the
/// form are <c>Act.suspension</c> and <c>Act.suspension.What</c>.
/// </summary>
// A form that was refused is shown again outside the routed pages, which name their layout for all.
[Layout(typeof(Frame))]
public abstract class ActPage : ComponentBase
{
    [Inject] private IHttpContextAccessor Http { get; set; } = default!;

    [Parameter] public string Slug { get; set; } = "";

    [Parameter] public FormSent? Sent { get; set; }

    protected IReadOnlyList<FieldError> Errors => Sent?.Errors ?? [];

    /// <summary>Values of the address's own query, such as what a link already chose.</summary>
    protected string? Asked(string name) => Http.HttpContext!.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>What was typed; before anything was, what the record says.</summary>
    protected string? Typed(string name, string? known) => Sent is null ? known : Sent[name];

    /// <summary>What the address says after a part of it: <c>exclusion/notice</c>.</summary>
    protected string After(string part)
    {
        var path = Http.HttpContext!.Request.Path.Value!;
        return path[(path.IndexOf(part, StringComparison.Ordinal) + part.Length + 1)..];
    }
}
