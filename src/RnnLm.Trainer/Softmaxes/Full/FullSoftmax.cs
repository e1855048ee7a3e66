namespace RnnLm;

/// <summary>A softmax over the whole vocabulary.</summary>
public sealed class FullSoftmax : Softmax
{
    internal override string Name => "full";
}
