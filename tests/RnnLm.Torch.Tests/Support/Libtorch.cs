namespace RnnLm.Torch.Tests;

/// <summary>Whether libtorch can be used here.</summary>
internal static class Libtorch
{
    private static readonly Lazy<string?> Reason = new(() =>
    {
        try
        {
            TorchBackend.Require(TorchDevice.Parse("cpu"));
            return null;
        }
        catch (InvalidOperationException error)
        {
            return error.Message;
        }
    });

    public static string? ReasonToSkip => Reason.Value;
}
