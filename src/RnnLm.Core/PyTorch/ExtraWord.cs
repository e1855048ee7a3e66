namespace RnnLm.PyTorch;

/// <summary>Gives a network a word that it was not trained with: nothing is known of it, and it is predicted as good as never.</summary>
internal static class ExtraWord
{
    /// <summary>How far its bias lies below the lowest of the others, in nats.</summary>
    private const float Below = 20;

    /// <summary>The same network with one word more, which has the id 0.</summary>
    public static NetworkWeights InFrontOf(NetworkWeights weights)
    {
        var larger = new NetworkWeights(weights.Shape with { VocabularySize = weights.Shape.VocabularySize + 1 });
        var values = weights.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Values);
        foreach (var parameter in larger.Parameters)
        {
            var source = values[parameter.Name];
            source.CopyTo(parameter.Values, parameter.Values.Length - source.Length);
        }
        larger.OutputBias.Values[0] = weights.OutputBias.Values.Min() - Below;
        return larger;
    }
}
