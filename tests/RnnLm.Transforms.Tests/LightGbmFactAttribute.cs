using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.LightGbm;

namespace RnnLm.Transforms.Tests;

/// <summary>A test that needs the native library of LightGBM, which its package has for some platforms.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LightGbmFactAttribute : FactAttribute
{
    private static readonly string? Missing = FindFault();

    public LightGbmFactAttribute() => Skip = Missing;

    private static string? FindFault()
    {
        try
        {
            NativeLibrary.Free(NativeLibrary.Load("lib_lightgbm", typeof(LightGbmBinaryTrainer).Assembly, null));
            return null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            return $"LightGBM cannot be loaded here: {fault.Message}";
        }
    }
}
