using Microsoft.ML.OnnxRuntime;

namespace RnnLm.Onnx.Tests;

/// <summary>Whether ONNX Runtime's native library can be loaded here.</summary>
internal static class OnnxRuntime
{
    /// <summary>Why not; null where it can.</summary>
    public static string? Missing { get; } = Find();

    private static string? Find()
    {
        try
        {
            OrtEnv.Instance().GetVersionString();
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return $"ONNX Runtime cannot be loaded on this machine: {(exception.InnerException ?? exception).Message}";
        }
    }
}

/// <summary>A test that needs ONNX Runtime; it is skipped, saying so, where its native library cannot be loaded.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = OnnxRuntime.Missing;
}

/// <inheritdoc cref="OnnxRuntimeFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxRuntimeTheoryAttribute : TheoryAttribute
{
    public OnnxRuntimeTheoryAttribute() => Skip = OnnxRuntime.Missing;
}
