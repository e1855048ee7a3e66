using RnnLm.Tests;

namespace RnnLm.Onnx.Tests;

public sealed class AgreementTests
{
    private const double Tolerance = 1e-4;

    // In proportion to the value's size: a vector's element on the brink may be rounded to another integer.
    private const double QuantizedTolerance = 1e-2;

    public static TheoryData<CellKind, int, bool, bool> Networks
    {
        get
        {
            var data = new TheoryData<CellKind, int, bool, bool>();
            foreach (var cell in RandomModels.Cells)
                foreach (var layers in (int[])[1, 3])
                    foreach (var tied in (bool[])[false, true])
                        foreach (var quantized in (bool[])[false, true]) data.Add(cell, layers, tied, quantized);
            return data;
        }
    }

    public static TheoryData<CellKind, int, bool, bool> ProjectedNetworks
    {
        get
        {
            var data = new TheoryData<CellKind, int, bool, bool>();
            foreach (var cell in (CellKind[])[CellKind.Lstm, CellKind.Cifg])
                foreach (var layers in (int[])[1, 2])
                    foreach (var tied in (bool[])[false, true])
                        foreach (var quantized in (bool[])[false, true]) data.Add(cell, layers, tied, quantized);
            return data;
        }
    }

    public static TheoryData<CellKind, bool> EveryCell
    {
        get
        {
            var data = new TheoryData<CellKind, bool>();
            foreach (var cell in RandomModels.Cells)
                foreach (var quantized in (bool[])[false, true]) data.Add(cell, quantized);
            return data;
        }
    }

    [OnnxRuntimeTheory]
    [MemberData(nameof(Networks))]
    public void Log_probabilities_are_those_of_the_model(CellKind cell, int layers, bool tied, bool quantized)
        => AssertAgree(Model(RandomModels.Weights(cell, vocabulary: 37, embedding: 6, hidden: 9, layers: layers, tied: tied, recurrentScale: 0.5f), quantized));

    [OnnxRuntimeTheory]
    [MemberData(nameof(ProjectedNetworks))]
    public void Log_probabilities_of_projected_networks_are_those_of_the_model(CellKind cell, int layers, bool tied, bool quantized)
        => AssertAgree(Model(RandomModels.Weights(cell, vocabulary: 37, embedding: 4, hidden: 9, layers: layers, tied: tied, projection: 4), quantized));

    [OnnxRuntimeTheory]
    [MemberData(nameof(EveryCell))]
    public void Log_probabilities_of_an_adaptive_softmax_are_those_of_the_model(CellKind cell, bool quantized)
    {
        AssertAgree(Model(AdaptiveModels.Weights(cell), quantized));
        AssertAgree(Model(AdaptiveModels.Weights(cell, divisionFactor: 1, cutoffs: [2]), quantized));
    }

    [OnnxRuntimeTheory]
    [MemberData(nameof(EveryCell))]
    public void Log_probabilities_of_a_network_of_useful_size_are_those_of_the_model(CellKind cell, bool quantized)
    {
        // Weights of the size that training leaves, and more columns than one digit of a vector would bear.
        var weights = RandomModels.Weights(cell, vocabulary: 700, embedding: 130, hidden: 130, layers: 2, tied: true, recurrentScale: 0.5f);
        foreach (var parameter in weights.Parameters)
            for (var i = 0; i < parameter.Values.Length; i++) parameter.Values[i] *= 0.25f;
        AssertAgree(Model(weights, quantized));
    }

    [OnnxRuntimeTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Log_probabilities_of_an_ensemble_are_those_of_the_model(bool quantized)
    {
        var model = LanguageModel.Ensemble(
        [
            RandomModels.Model(CellKind.Lstm), RandomModels.Model(CellKind.Gru, layers: 1, tied: true, seed: 2), RandomModels.Model(CellKind.Cifg, projection: 3, seed: 3),
        ], [1, 2, 0.5]);
        AssertAgree(quantized ? model.Quantize() : model);
    }

    [OnnxRuntimeTheory]
    [MemberData(nameof(EveryCell))]
    public void A_vocabulary_of_the_special_words_alone_and_sizes_of_one_are_enough(CellKind cell, bool quantized)
        => AssertAgree(Model(RandomModels.Weights(cell, vocabulary: 2, embedding: 1, hidden: 1, layers: 1), quantized));

    /// <summary>What integers may stand for at most, and what counts for nothing.</summary>
    [OnnxRuntimeFact]
    public void Vectors_of_zeros_and_of_tiny_numbers_are_multiplied_by_integers_as_the_model_does_it()
    {
        foreach (var factor in (float[])[0, 1e-35f, 1e-20f, 1e20f])
        {
            var weights = RandomModels.Weights(CellKind.Elman, embedding: 6);
            for (var i = 0; i < weights.Embedding.Values.Length; i++) weights.Embedding.Values[i] *= factor;
            AssertAgree(Model(weights, quantized: true));
        }
    }

    private static LanguageModel Model(NetworkWeights weights, bool quantized)
    {
        var model = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(weights.Shape.VocabularySize), weights);
        return quantized ? model.Quantize() : model;
    }

    /// <summary>Three texts, each in two stretches, all of them together and the first alone.</summary>
    private static void AssertAgree(LanguageModel model)
    {
        const int Batch = 3, First = 4, Steps = 7;
        var vocabulary = model.Vocabulary.Count;
        var words = Enumerable.Range(0, Batch).Select(text => RandomModels.Ids(Steps, vocabulary, seed: text)).ToArray();
        var expected = words.Select(text => Expected(model, text)).ToArray();
        using var session = new OnnxSession(model);
        session.Begin(Batch);
        var first = session.LogProbabilities([.. words.SelectMany(text => text[..First])], Batch);
        var second = session.LogProbabilities([.. words.SelectMany(text => text[First..])], Batch);
        for (var text = 0; text < Batch; text++)
        {
            AssertClose(model, expected[text].AsSpan(0, First * vocabulary), first.AsSpan(text * First * vocabulary, First * vocabulary));
            AssertClose(model, expected[text].AsSpan(First * vocabulary), second.AsSpan(text * (Steps - First) * vocabulary, (Steps - First) * vocabulary));
        }
        session.Begin(1);
        AssertClose(model, expected[0], session.LogProbabilities(words[0]));
    }

    private static float[] Expected(LanguageModel model, int[] words)
    {
        var state = model.Network.CreateState();
        if (model.Members.Count > 0) return ExpectedOfEnsemble(model, words);
        var logProbabilities = new float[words.Length * model.Vocabulary.Count];
        for (var i = 0; i < words.Length; i++)
        {
            model.Network.Step(words[i], state);
            model.Network.LogProbabilities(state, logProbabilities.AsSpan(i * model.Vocabulary.Count, model.Vocabulary.Count));
        }
        return logProbabilities;
    }

    private static float[] ExpectedOfEnsemble(LanguageModel model, int[] words)
    {
        var members = model.Members.Select(member => Expected(member, words)).ToArray();
        return [.. Enumerable.Range(0, members[0].Length).Select(i => (float)Math.Log(members.Zip(model.MemberWeights, (values, weight) => weight * Math.Exp(values[i])).Sum()))];
    }

    private static void AssertClose(LanguageModel model, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], model.IsQuantized ? QuantizedTolerance * Math.Max(1, Math.Abs(expected[i])) : Tolerance);
    }
}
