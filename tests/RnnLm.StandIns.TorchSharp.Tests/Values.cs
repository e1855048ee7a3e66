using System.Runtime.InteropServices;

namespace RnnLm.StandIns.TorchSharp.Tests;

/// <summary>Tensors from and to plain numbers.</summary>
internal static class Values
{
    public static float[] Of(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes).ToArray();

    public static Tensor Row(params float[] values) => tensor(values, [values.Length]);

    public static void Set(Tensor destination, params float[] values)
    {
        using var untracked = no_grad();
        destination.copy_(tensor(values, destination.shape));
    }

    public static void AssertClose(float[] expected, float[] actual, double tolerance = 1e-6)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
