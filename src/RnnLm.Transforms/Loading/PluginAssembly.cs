using System.Reflection;
using System.Runtime.Loader;
using Microsoft.ML.Transforms;

namespace RnnLm.Transforms.Loading;

/// <summary>
/// Lets ML.NET find this assembly where a host brings ML.NET and a plugin brings us. ML.NET loads the assembly of a mapping's contract by
/// name and in its own load context, which does not know what a plugin has in its own.
/// </summary>
internal static class PluginAssembly
{
    private static readonly Assembly Own = typeof(PluginAssembly).Assembly;

    static PluginAssembly()
    {
        var own = AssemblyLoadContext.GetLoadContext(Own);
        var mlNet = AssemblyLoadContext.GetLoadContext(typeof(CustomMappingTransformer<,>).Assembly);
        if (own is null || mlNet is null || own == mlNet) return;
        mlNet.Resolving += Resolve;
        // A plugin that can be unloaded is not held by the host's context.
        own.Unloading += _ => mlNet.Resolving -= Resolve;
    }

    /// <summary>Does its work once; where ML.NET and this assembly are in one context there is nothing to do.</summary>
    public static void LetMLNetFindIt()
    {
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name != Own.GetName().Name) return null;
        if (!Own.IsCollectible) return Own;
        throw new InvalidOperationException(
            "RnnLm.Transforms is in a load context that can be unloaded and ML.NET in one that cannot, and .NET lets nothing of the latter refer to " +
            "the former. Let the plugin bring ML.NET too, or make its load context one that is not collectible.");
    }
}
