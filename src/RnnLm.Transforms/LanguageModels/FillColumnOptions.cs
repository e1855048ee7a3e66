using RnnLm.Faults;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm;

/// <summary>How the gaps in the rows of a pipeline are filled, and with what.</summary>
public sealed record FillColumnOptions : FillOptions
{
    /// <summary>What may stand in the gap of every row, of any number of words each.</summary>
    /// <value>Null, the default: the words of the vocabulary, or what <see cref="CandidatesColumnName"/> has.</value>
    public IReadOnlyList<string>? Candidates { get; set; }

    /// <summary>A column of what may stand in the gap of each row: a vector of text. Texts that are empty are passed over.</summary>
    /// <value>Null, the default: the words of the vocabulary, or <see cref="Candidates"/>.</value>
    public string? CandidatesColumnName { get; set; }

    internal void AddColumnFaults(OptionFaults faults)
    {
        AddFaults(faults);
        if (Count > FilledParts.MaximumSize) faults.RequireBetween(nameof(Count), Count, 1, FilledParts.MaximumSize);
        if (Candidates is not null)
            faults.Require(
                Candidates.Count > 0 && !Candidates.Any(string.IsNullOrEmpty), nameof(Candidates), Invariant($"a list of {Candidates.Count}"), "of one text at least, and none null or empty");
        if (CandidatesColumnName is not null)
            faults.Require(
                CandidatesColumnName.Length > 0 && !CandidatesColumnName.StartsWith(PrivateColumns.Prefix, StringComparison.Ordinal), nameof(CandidatesColumnName),
                $"\"{CandidatesColumnName}\"", "the name of a column of the data");
        if (Candidates is not null && CandidatesColumnName is not null)
            faults.Add(nameof(CandidatesColumnName), $"\"{CandidatesColumnName}\"", "left as it is where Candidates is set");
        if ((Candidates is not null || CandidatesColumnName is not null) && Shortlist is { } shortlist)
            faults.Add(nameof(Shortlist), Invariant($"{shortlist}"), "left as it is where there are candidates, all of which are tried");
    }

    /// <summary>How many words the columns have.</summary>
    /// <param name="vocabularySize">The number of words of the vocabulary, the special ones included.</param>
    internal int CountOf(int vocabularySize) => CandidatesColumnName is not null ? Count
        : Math.Min(Count, Math.Max(1, Candidates?.Distinct(StringComparer.Ordinal).Count() ?? vocabularySize - 2));

    /// <summary>A copy that shares nothing with this one.</summary>
    internal FillColumnOptions Copy() => this with { Candidates = Candidates is null ? null : [.. Candidates] };
}
