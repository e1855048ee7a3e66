namespace RnnLm.Tests.PyTorch.Python;

/// <summary>An exchanged model is the same model in PyTorch itself.</summary>
public sealed class PythonTests(PythonModels models) : IClassFixture<PythonModels>
{
    private const double Tolerance = 1e-5;

    [PythonTheory]
    [MemberData(nameof(RoundTripTests.Networks), MemberType = typeof(RoundTripTests))]
    public void An_exported_model_gives_the_same_log_probabilities_in_PyTorch(CellKind cell, int layers, bool tied)
    {
        var model = RoundTripTests.ModelOf(cell, layers, tied);
        AssertSame(models.LogProbabilitiesOfExported(model), [.. model.Vocabulary], model);
    }

    [PythonTheory]
    [MemberData(nameof(RoundTripTests.Networks), MemberType = typeof(RoundTripTests))]
    public void A_model_imported_from_PyTorch_gives_the_same_log_probabilities_here(CellKind cell, int layers, bool tied)
    {
        var shape = RoundTripTests.ModelOf(cell, layers, tied).Shape;
        var (logProbabilities, words, imported) = models.Import(shape);
        Assert.Equal(shape, imported.Shape);
        Assert.NotEqual(["<unk>", "<eos>"], words[..2]);
        AssertSame(logProbabilities, words, imported);
    }

    /// <summary>Compares PyTorch's log-probabilities, whose columns are those of its words, with the model's.</summary>
    private static void AssertSame(float[] expected, string[] words, LanguageModel model)
    {
        Assert.Equal(PythonModels.Text.Length * words.Length, expected.Length);
        var state = model.Network.CreateState();
        var actual = new float[words.Length];
        for (var step = 0; step < PythonModels.Text.Length; step++)
        {
            model.Read(state, PythonModels.Text[step]);
            model.Network.LogProbabilities(state, actual);
            for (var column = 0; column < words.Length; column++)
                Assert.Equal(expected[(step * words.Length) + column], actual[model.Vocabulary.IdOf(words[column])], Tolerance);
        }
    }
}
