namespace TorchSharp;

public static partial class torch
{
    public enum ScalarType
    {
        Int32 = 3,
        Int64 = 4,
        Float32 = 6,
    }
}
