using RnnLm.Inference;
using RnnLm.Mixtures;

namespace RnnLm.Generation;

/// <summary>The states of a beam of a mixture, each with what goes along with it.</summary>
internal sealed class MixtureBeamStates(Mixture mixture, RecurrentState start) : BeamStates
{
    private readonly float[] logProbabilities = new float[mixture.VocabularySize];
    private List<RecurrentState> states = [start.Clone()];
    private List<RecurrentState> next = [];
    private int count = 1;

    public override void Predict(LogitWork work)
    {
        for (var i = 0; i < count; i++)
        {
            mixture.LogProbabilities(states[i], logProbabilities);
            work(i, logProbabilities);
        }
    }

    public override void Advance(ReadOnlySpan<int> parents, ReadOnlySpan<int> words)
    {
        for (var i = 0; i < parents.Length; i++)
        {
            if (i == next.Count) next.Add(states[parents[i]].Clone());
            else states[parents[i]].CopyTo(next[i]);
            mixture.Networks[0].Network.Step(words[i], next[i]);
        }
        (states, next, count) = (next, states, parents.Length);
    }
}
