using RnnLm.Numerics;

namespace RnnLm.Suggestions;

/// <summary>
/// Finds the most probable ends of a word with a model of characters: from the most probable beginning on, each is made longer by a character, until words
/// have ended. What is found first is most probable, since no end makes a
/// beginning more so. The number of beginnings is bounded. It has working room, so it belongs to one thread.
/// </summary>
/// <param name="vocabulary">The characters.</param>
/// <param name="kinds">The kind of each.</param>
internal sealed class CharacterSearch(Vocabulary vocabulary, CharacterKind[] kinds)
{
    private const int MostSteps = 64;
    private const int MostBranches = 12;
    private const int MostCharacters = 32;

    private readonly float[] logProbabilities = new float[vocabulary.Count];
    private readonly int[] best = new int[MostBranches];
    private readonly PriorityQueue<CharacterPath, double> open = new();

    /// <summary>Finds ends.</summary>
    /// <param name="state">The state after all that was typed; left as it is.</param>
    /// <param name="hasLetters">Whether the word has begun.</param>
    /// <param name="mayBeginWithSpace">Whether a space comes before the word.</param>
    /// <param name="count">How many to find.</param>
    /// <returns>The ends, the most probable first. That of an ideograph is the ideograph.</returns>
    public IReadOnlyList<CharacterPath> Find(PredictorState state, bool hasLetters, bool mayBeginWithSpace, int count)
    {
        var found = new List<CharacterPath>();
        open.Clear();
        Extend(new CharacterPath(null, -1, 0, 0) { State = state }, hasLetters, mayBeginWithSpace);
        for (var steps = 0; found.Count < count && steps < MostSteps && open.TryDequeue(out var path, out _);)
        {
            if (path.IsComplete || kinds[path.Character] == CharacterKind.Ideographic)
            {
                found.Add(path);
                continue;
            }
            steps++;
            path.State = path.Before!.State!.Clone();
            path.State.Read(path.Character);
            Extend(path, hasLetters || kinds[path.Character] == CharacterKind.Letter, mayBeginWithSpace: false);
        }
        return found;
    }

    /// <summary>Makes a beginning longer by each character that is probable, and ends it.</summary>
    private void Extend(CharacterPath path, bool hasLetters, bool mayBeginWithSpace)
    {
        path.State!.LogProbabilities(logProbabilities);
        var end = 0.0;
        for (var id = 0; id < kinds.Length; id++)
        {
            if (GoesOn(kinds[id])) continue;
            end += Math.Exp(logProbabilities[id]);
            logProbabilities[id] = float.NegativeInfinity;
        }
        // What was typed already is no end to suggest, and a space alone none either.
        if (path.Length > 0 && hasLetters) Add(path with { Score = path.Score + Math.Log(end), IsComplete = true });
        if (path.Length == MostCharacters) return;
        var count = VectorFunctions.TopK(logProbabilities, best);
        for (var i = 0; i < count && !float.IsNegativeInfinity(logProbabilities[best[i]]); i++)
            Add(new CharacterPath(path, best[i], path.Score + logProbabilities[best[i]], path.Length + 1));

        bool GoesOn(CharacterKind kind) => kind switch
        {
            CharacterKind.Letter => true,
            CharacterKind.Inner => hasLetters,
            // An ideograph behind letters begins another word.
            CharacterKind.Ideographic => !hasLetters,
            CharacterKind.Space => mayBeginWithSpace,
            _ => false,
        };
    }

    private void Add(CharacterPath path) => open.Enqueue(path, -path.Score);
}
