namespace Microsoft.ML.Runtime;

/// <summary>
/// The stand-in's model file: a zip. Each component has a folder with an entry <see cref="Component"/>: magic number,
/// version, signature (which names its loader), and what the component itself writes.
/// </summary>
internal static class ModelFormat
{
    public const string Root = "TransformerChain";
    public const string Component = "Model.key";
    public const string Schema = "Schema";
    public const int Version = 1;

    /// <summary>"RNNLMSML", little endian.</summary>
    public const ulong Magic = 0x4C4D534D4C4E4E52;
}
