namespace Microsoft.ML.Runtime;

/// <summary>The environment of one component.</summary>
internal sealed class Host(HostEnvironment parent, string shortName, string parentName, Random random)
    : HostEnvironment(parent, shortName, parentName, random), IHost
{
    public override string ContextDescription => FullName;
}
