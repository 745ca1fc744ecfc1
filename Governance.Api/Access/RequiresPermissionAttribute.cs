namespace Governance.Api.Access;

/// <summary>
/// The permission that an endpoint or a page asks for: <c>.RequirePermission(Permission.X)</c> on an endpoint,
/// <c>@attribute [RequiresPermission(Permission.X)]</c> on a page. One that names none is refused to everybody.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresPermissionAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;
}

public static class RequirePermissionExtensions
{
    /// <summary>Names the permission that the endpoint asks for.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequiresPermissionAttribute(permission));
}
