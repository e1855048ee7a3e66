using System.Text.RegularExpressions;
using RnnLm.Faults;
using RnnLm.Safetensors;

namespace RnnLm.PyTorch;

/// <summary>
/// Names of tensors as whoever saved them has them: a module that wraps another puts its name in front of all names, as <c>DataParallel</c>
/// (<c>module.</c>), <c>torch.compile</c> (<c>_orig_mod.</c>) and modules of one's own do, one in another too.
/// </summary>
internal static partial class StateDictNames
{
    /// <summary>Takes away what all names of tensors that have a place in a network begin with.</summary>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="mismatches">Learns of names that begin in different ways.</param>
    /// <returns>The tensors by the names that are left; one that has no place keeps its name.</returns>
    public static IReadOnlyDictionary<string, TensorEntry> WithoutPrefix(IReadOnlyDictionary<string, TensorEntry> tensors, List<string> mismatches)
    {
        string[] prefixes = [.. tensors.Keys.Select(name => KnownName().Match(name)).Where(match => match.Success).Select(match => match.Groups["prefix"].Value).Distinct()];
        if (prefixes.Length > 1)
        {
            var shown = string.Join(", ", prefixes.Order(StringComparer.Ordinal).Select(Quotation.Of));
            mismatches.Add($"The names of the tensors begin in different ways ({shown}); keep those of one network.");
        }
        if (prefixes is not [{ Length: > 0 } common]) return tensors;

        var renamed = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors) renamed.Add(KnownName().IsMatch(name) ? name[common.Length..] : name, tensor);
        return renamed;
    }

    [GeneratedRegex(
        @"^(?<prefix>(?:.*\.)?)(?:encoder\.weight|decoder\.weight|decoder\.bias|rnn\.(?:(?:weight|bias)_[ih]h|weight_hr)_l[0-9]+)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex KnownName();
}
