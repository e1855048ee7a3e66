using System.Reflection;
using System.Runtime.Loader;
using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>A host of plugins that brings ML.NET, and a plugin that brings the language models: each in a load context of its own.</summary>
internal static class PluginHost
{
    /// <summary>Runs <see cref="Plug"/> of the assembly in the plugin's folder, in a context that takes ML.NET from the host.</summary>
    /// <param name="zip">The pipeline to load.</param>
    /// <param name="folder">The plugin's folder.</param>
    /// <param name="isCollectible">Whether the context is one that can be unloaded.</param>
    public static void Run(string zip, string folder, bool isCollectible)
    {
        var context = new Context(folder, isCollectible);
        var plugin = context.LoadFromAssemblyPath(Path.Combine(folder, $"{typeof(PluginHost).Assembly.GetName().Name}.dll"));
        plugin.GetType(typeof(PluginHost).FullName!)!.GetMethod(nameof(Plug), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [zip]);
    }

    private static void Plug(string zip)
    {
        var mlContext = new MLContext();
        _ = mlContext.LanguageModeling;
        Program.Answer(mlContext, zip);
    }

    private sealed class Context(string folder, bool isCollectible) : AssemblyLoadContext("plugin", isCollectible)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
            => assemblyName.Name!.StartsWith("RnnLm.", StringComparison.Ordinal) ? LoadFromAssemblyPath(Path.Combine(folder, $"{assemblyName.Name}.dll")) : null;
    }
}
