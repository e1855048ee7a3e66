using Microsoft.ML.Data;
using Microsoft.ML.Transforms;


namespace Microsoft.ML.Runtime;

/// <summary>The components that can be loaded, by the signature that they save.</summary>
internal static class ModelLoaders
{
    public static IReadOnlyDictionary<string, Func<HostEnvironment, ModelReader, ITransformer>> BySignature { get; }
        = new Dictionary<string, Func<HostEnvironment, ModelReader, ITransformer>>
        {
            [TransformerChain.Signature] = TransformerChain.Load,
            [CustomMapping.Signature] = CustomMapping.Load,
            [ColumnCopyingTransformer.Signature] = (_, model) => ColumnCopyingTransformer.Load(model),
            [ColumnSelectingTransformer.Signature] = (_, model) => ColumnSelectingTransformer.Load(model),
            [ValueMappingTransformer.Signature] = (_, model) => ValueMappingTransformer.Load(model),
        };
}
