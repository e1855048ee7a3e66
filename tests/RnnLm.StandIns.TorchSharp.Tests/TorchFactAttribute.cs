namespace RnnLm.StandIns.TorchSharp.Tests;

/// <summary>A test that needs libtorch; it is skipped, saying so, where libtorch is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(() =>
    {
        try
        {
            InitializeDeviceType(DeviceType.CPU);
            return null;
        }
        catch (Exception error) when (error is NotSupportedException or TypeInitializationException)
        {
            return (error.InnerException ?? error).Message;
        }
    });

    public TorchFactAttribute() => Skip = Reason.Value;
}
