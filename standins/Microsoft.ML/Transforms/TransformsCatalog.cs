using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class TransformsCatalog
{
    internal TransformsCatalog(HostEnvironment environment)
    {
        Environment = environment;
        Conversion = new ConversionTransforms(environment);
        Text = new TextTransforms(environment);
    }

    public ConversionTransforms Conversion { get; }

    public TextTransforms Text { get; }

    internal HostEnvironment Environment { get; }

    public sealed class ConversionTransforms
    {
        internal ConversionTransforms(HostEnvironment environment) => Environment = environment;

        internal HostEnvironment Environment { get; }
    }

    public sealed class TextTransforms
    {
        internal TextTransforms(HostEnvironment environment) => Environment = environment;

        internal HostEnvironment Environment { get; }
    }
}
