using System.Globalization;

namespace RnnLm.Torch;

/// <summary>Where the tensors are: the CPU, or a CUDA device by its index, where -1 means the current one.</summary>
internal readonly record struct TorchDevice(bool IsCuda, int Index)
{
    public static TorchDevice Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == "cpu") return new TorchDevice(false, -1);
        if (name == "cuda") return new TorchDevice(true, -1);
        if (name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan("cuda:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return new TorchDevice(true, index);
        throw new ArgumentException($"The device \"{name}\" is none of cpu, cuda, cuda:0, cuda:1 and so on.", nameof(name));
    }

    public override string ToString()
        => !IsCuda ? "cpu" : Index < 0 ? "cuda" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}");
}
