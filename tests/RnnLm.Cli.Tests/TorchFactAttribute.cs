using RnnLm.Torch;

namespace RnnLm.Cli.Tests;

/// <summary>A test that trains with TorchSharp; it is skipped, saying so, where the native library is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(() =>
    {
        try
        {
            var options = new TrainingOptions { EmbeddingSize = 1, HiddenSize = 1, Layers = 1, Threads = 1 };
            using var session = new TorchEngine("cpu").Start(new NetworkWeights(options.ShapeFor(3)), options);
            return null;
        }
        catch (InvalidOperationException missing)
        {
            return missing.Message;
        }
    });

    public TorchFactAttribute() => Skip = Reason.Value;
}
