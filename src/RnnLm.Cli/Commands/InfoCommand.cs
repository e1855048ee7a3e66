using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Networks;
using RnnLm.Persistence;
using RnnLm.Wording;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm info MODEL</c></summary>
sealed class InfoCommand(Terminal terminal, CancellationToken cancellation)
{
    private string modelPath = "";
    private bool json;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm info model.rnnlm",
            "rnnlm info model.rnnlm --json");
        return flags.ToCommand("info", "Shows what a model file holds: network, tokenizer, how it was trained, the figures it reached.",
            Run);
    }

    private int Run()
    {
        if (NGramInput.LoadToRead(modelPath, terminal, cancellation) is { } ngrams) return new NGramInfo(terminal, modelPath, ngrams).Show(json);
        var model = LanguageModel.Load(modelPath, cancellation);
        if (json) WriteJson(model);
        else WriteText(model);
        return ExitCode.Done;
    }

    private void WriteJson(LanguageModel model) => terminal.Out.WriteJson(new InfoLine(
        FileIdentity.LengthOf(modelPath),
        model.ComputeChecksum(),
        Cell.Of(model.Shape.Cell).Name,
        model.Shape.Layers,
        model.Shape.EmbeddingSize,
        model.Shape.HiddenSize,
        model.Shape.ProjectionSize,
        model.Shape.Tied,
        model.Shape.VocabularySize,
        Softmax: model.Shape.AdaptiveSoftmax is null ? "full" : "adaptive",
        model.Shape.AdaptiveSoftmax?.Cutoffs,
        model.Shape.AdaptiveSoftmax?.DivisionFactor,
        MixtureInfo.ParametersOf(model),
        Precision: model.IsQuantized ? "int8" : "float32",
        model.Tokenizer.Summary,
        model.Training.Options,
        model.Training.Figures,
        model.Cache,
        MixtureInfo.Of(model.NGram),
        MixtureInfo.Of(model.DynamicEvaluation),
        MixtureInfo.OfMembers(model)));

    private void WriteText(LanguageModel model)
    {
        void Line(string name, FormattableString value) => terminal.Show($"{name,-14} {Printable.Invariant(value)}");
        var shape = model.Shape;
        Line("file", $"{modelPath}, {CountText.Of(FileIdentity.LengthOf(modelPath), "byte")}");
        Line("checksum", $"{model.ComputeChecksum()}");
        Line(model.Members.Count > 0 ? "first member" : "network", $"{Cell.Of(shape.Cell).Name}, {CountText.Of(shape.Layers, "layer")}, embedding {shape.EmbeddingSize}, hidden {shape.HiddenSize}{(shape.ProjectionSize is { } projection ? $" projected to {projection}" : "")}, {(shape.Tied ? "tied" : "not tied")}");
        Line("softmax", $"{(shape.AdaptiveSoftmax is { } adaptive ? $"adaptive, {adaptive}" : "full")}");
        Line("parameters", $"{MixtureInfo.ParametersOf(model):N0}, {(model.IsQuantized ? "8-bit integers with a scale for each row" : "32-bit floating point")}");
        foreach (var (name, value) in MixtureInfo.Lines(model)) Line(name, $"{value}");
        Line("vocabulary", $"{shape.VocabularySize:N0} words, unknown {model.Vocabulary.UnknownWord}, end of line {model.Vocabulary.EndOfLineWord}");
        foreach (var (name, value) in model.Tokenizer.Summary) Line(name == "name" ? "tokenizer" : $"  {name}", $"{value}");
        RecordInfo.Show(terminal, model.Training);
    }
}
