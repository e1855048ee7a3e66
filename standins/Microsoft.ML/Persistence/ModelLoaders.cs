using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;


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
            [ColumnConcatenatingTransformer.Signature] = (_, model) => ColumnConcatenatingTransformer.Load(model),
            [ValueToKeyMappingTransformer.Signature] = (_, model) => ValueToKeyMappingTransformer.Load(model),
            [KeyToValueMappingTransformer.Signature] = (_, model) => KeyToValueMappingTransformer.Load(model),
            [TypeConvertingTransformer.Signature] = (_, model) => TypeConvertingTransformer.Load(model),
            [TextNormalizingTransformer.Signature] = (_, model) => TextNormalizingTransformer.Load(model),
            [WordTokenizingTransformer.Signature] = (_, model) => WordTokenizingTransformer.Load(model),
            [ValueMappingTransformer.Signature] = (_, model) => ValueMappingTransformer.Load(model),
        };
}
