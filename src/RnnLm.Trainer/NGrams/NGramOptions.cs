using RnnLm.Faults;
using RnnLm.NGrams;

namespace RnnLm;

/// <summary>How an n-gram model is estimated.</summary>
public sealed class NGramOptions
{
    private const int LeastMegabytes = 16;

    /// <summary>The number of words of the longest n-grams, 1 to 16: a word is predicted from one less.</summary>
    /// <value>The default is 5.</value>
    public int Order { get; set; } = 5;

    /// <summary>
    /// The memory that counts take at most, in megabytes of 2^20 bytes; at least 16. What is more lies sorted in temporary files. The model itself, 16 bytes for
    /// each n-gram and half as much again while it is estimated, is not part of it. It does not change the model.
    /// </summary>
    /// <value>The default is 1,024.</value>
    public int MemoryLimit { get; set; } = 1024;

    /// <summary>The folder of temporary files.</summary>
    /// <value>Null, the default, stands for the system's.</value>
    public string? TemporaryFolder { get; set; }

    /// <summary>Ends the estimation early, with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.RequireBetween(nameof(Order), Order, 1, NGramTable.MaximumOrder);
        faults.RequireAtLeast(nameof(MemoryLimit), MemoryLimit, LeastMegabytes);
        faults.Require(TemporaryFolder is null || Directory.Exists(TemporaryFolder), nameof(TemporaryFolder), TemporaryFolder, "a folder that exists");
        faults.ThrowIfAny(nameof(NGramOptions));
    }
}
