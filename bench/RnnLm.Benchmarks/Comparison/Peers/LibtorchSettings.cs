namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>The environment in which libtorch is fastest.</summary>
/// <remarks>
/// Its MKL takes an AMD processor with AVX-512 for one without, and no setting changes that: <c>MKL_ENABLE_INSTRUCTIONS</c> does not. Its oneDNN
/// takes it for what it is.
/// </remarks>
static class LibtorchSettings
{
    public static IReadOnlyList<(string Name, string Value)> For(int threads) =>
    [
        ("OMP_NUM_THREADS", $"{threads}"),
        // Large buffers, such as the logits of a window, are kept from one window to the next instead of being mapped anew.
        ("MALLOC_ARENA_MAX", "1"),
        ("MALLOC_MMAP_MAX_", "0"),
        ("MALLOC_TRIM_THRESHOLD_", "16000000000"),
        ("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1"),
    ];

    public static string Describe(int threads) => string.Join(' ', For(threads).Select(setting => $"{setting.Name}={setting.Value}"));
}
