using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>Knows the classes that a loaded model may name by contract.</summary>
public sealed class ComponentCatalog
{
    private readonly Lock access = new();
    private readonly HashSet<string> seen = [];
    private readonly Dictionary<(Type Attribute, string Contract), Type> extensions = [];

    internal ComponentCatalog()
    {
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (access)
        {
            if (!seen.Add(assembly.FullName))
                return;
            foreach (var type in assembly.GetTypes().Where(t => t.IsClass))
                foreach (var attribute in type.GetCustomAttributes<ExtensionBaseAttribute>())
                    if (!extensions.TryAdd((attribute.GetType(), attribute.ContractName), type) && throwOnError)
                        throw Fault.State($"An extension for '{attribute.GetType().Name}' with contract '{attribute.ContractName}' "
                                          + "has already been registered in the ComponentCatalog.");
        }
    }

    internal object CreateExtension(Type attribute, string contract)
    {
        Type type;
        lock (access)
            extensions.TryGetValue((attribute, contract), out type);
        if (type is null)
            throw Fault.State($"Unable to locate an extension for the contract '{contract}'. Ensure you have called "
                              + "ComponentCatalog.RegisterAssembly with the Assembly that contains a class decorated with a "
                              + $"'{attribute.FullName}'.");
        return Activator.CreateInstance(type);
    }
}
