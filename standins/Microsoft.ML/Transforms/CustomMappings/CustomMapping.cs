using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>
/// What both kinds of custom mappings share. One is saved as the name of its contract and of the assembly in which a
/// factory bears that name; loading asks the factory for it. Schema definitions are not saved.
/// </summary>
internal static class CustomMapping
{
    public const string Signature = "CustomMapping";

    public static void Save(ModelSaveContext context, string contract, Assembly assembly)
    {
        Fault.Check(contract is not null, "Empty contract name for a transform: the transform cannot be saved");
        context.Begin(Signature);
        context.Writer.Write(contract);
        context.Writer.Write(assembly.FullName);
    }

    public static ITransformer Load(HostEnvironment environment, ModelReader model)
    {
        var contract = model.Reader.ReadString();
        environment.ComponentCatalog.RegisterAssembly(Assembly.Load(model.Reader.ReadString()));
        var factory = environment.ComponentCatalog.CreateExtension(typeof(CustomMappingFactoryAttributeAttribute), contract);
        return (factory as ICustomMappingFactory)?.Create(contract) ?? throw Fault.State(
            $"The class with contract '{contract}' must derive from '{typeof(CustomMappingFactory<,>).FullName}' or from "
            + $"'{typeof(StatefulCustomMappingFactory<,,>).FullName}'.");
    }

    /// <summary>The shape of the output, after checking that the input has what the mapping reads.</summary>
    public static SchemaShape GetOutputSchema(SchemaShape inputSchema, RowType inputs, RowType outputs)
    {
        var columns = inputSchema.ToDictionary(c => c.Name);
        foreach (var member in inputs.Members)
        {
            if (!columns.TryGetValue(member.Name, out var column))
                throw Fault.MissingColumn(nameof(inputSchema), "input", member.Name);
            var needed = SchemaShape.Column.Create(member.Name, member.Type, null);
            if (!Accepts(needed, column))
                throw Fault.SchemaMismatch(nameof(inputSchema), "input", member.Name, member.Type.ToString(), column.TypeName());
        }
        foreach (var added in SchemaShape.Create(outputs.Schema))
            columns[added.Name] = added;
        return new SchemaShape(columns.Values);
    }

    private static bool Accepts(SchemaShape.Column needed, SchemaShape.Column column)
        => needed.ItemType == column.ItemType && needed.IsKey == column.IsKey
           && (needed.Kind == SchemaShape.Column.VectorKind.VariableVector
               ? column.Kind != SchemaShape.Column.VectorKind.Scalar
               : column.Kind == needed.Kind);
}
