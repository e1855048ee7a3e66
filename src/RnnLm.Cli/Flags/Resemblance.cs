namespace RnnLm.Cli.Flags;

/// <summary>What somebody may have meant who wrote what does not exist.</summary>
static class Resemblance
{
    private const int MostEdits = 3;

    private const int LeastBeginning = 3;

    /// <summary>The name that most resembles what is written, or begins with it, as a question with a space before it; empty where none does.</summary>
    public static string Question(string written, IReadOnlyCollection<string> names)
    {
        var nearest = names.Select(name => (Name: name, Edits: Edits(written.ToLowerInvariant(), name))).DefaultIfEmpty((Name: "", Edits: int.MaxValue)).MinBy(candidate => candidate.Edits);
        return nearest.Edits <= Math.Min(MostEdits, written.Trim('-').Length / 2) ? $" Did you mean {nearest.Name}?"
            : written.Trim('-').Length >= LeastBeginning && names.FirstOrDefault(name => name.StartsWith(written, StringComparison.OrdinalIgnoreCase)) is { } longer ? $" Did you mean {longer}?"
            : "";
    }

    /// <summary>How many letters must be put in, taken out, changed or swapped with their neighbour (Damerau 1964); case makes no difference.</summary>
    private static int Edits(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > MostEdits) return int.MaxValue;
        var edits = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++) edits[i, 0] = i;
        for (var j = 0; j <= to.Length; j++) edits[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var change = edits[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(change, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) edits[i, j] = Math.Min(edits[i, j], 1 + edits[i - 2, j - 2]);
            }
        }
        return edits[from.Length, to.Length];
    }
}
