namespace Microsoft.ML.Transforms;

internal interface ICustomMappingFactory
{
    ITransformer Create(string contract);
}
