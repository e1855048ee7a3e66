using System.Runtime.Intrinsics;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>The environment in which libtorch is fastest: every peer over it gets the same.</summary>
static class LibtorchSettings
{
    public static IReadOnlyList<(string Name, string Value)> For(int threads) =>
    [
        // OpenBLAS takes newer processors for a Haswell; this is its best on those with AVX-512.
        .. Vector512.IsHardwareAccelerated ? [("OPENBLAS_CORETYPE", "SkylakeX")] : Array.Empty<(string, string)>(),
        ("OMP_NUM_THREADS", $"{threads}"),
        // Large buffers, such as the logits of a window, are kept from one window to the next instead of being mapped anew.
        ("MALLOC_ARENA_MAX", "1"),
        ("MALLOC_MMAP_MAX_", "0"),
        ("MALLOC_TRIM_THRESHOLD_", "16000000000"),
        ("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1"),
    ];

    public static string Describe(int threads) => string.Join(' ', For(threads).Select(setting => $"{setting.Name}={setting.Value}"));
}
