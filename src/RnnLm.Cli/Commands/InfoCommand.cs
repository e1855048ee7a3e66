using System.CommandLine;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm info MODEL</c></summary>
static class InfoCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = Shared.ModelArgument();
        var json = Shared.JsonOption();
        var command = new Command("info", "Shows what a model file holds: network, tokenizer, how it was trained, the figures it reached.") { model, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(model);
            var loaded = LanguageModel.Load(path);
            if (parsed.GetValue(json)) WriteJson(loaded, path, terminal.Out);
            else WriteText(loaded, path, terminal.Out);
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteJson(LanguageModel model, string path, TextWriter output) => output.WriteJson(new
    {
        Bytes = new FileInfo(path).Length,
        Cell = model.Shape.Cell.ToString().ToLowerInvariant(),
        model.Shape.Layers,
        model.Shape.EmbeddingSize,
        model.Shape.HiddenSize,
        model.Shape.Tied,
        model.Shape.VocabularySize,
        Softmax = model.Shape.AdaptiveSoftmax is null ? "full" : "adaptive",
        model.Shape.AdaptiveSoftmax?.Cutoffs,
        model.Shape.AdaptiveSoftmax?.DivisionFactor,
        Parameters = model.Shape.ParameterCount,
        Precision = model.IsQuantized ? "int8" : "float32",
        Tokenizer = model.Tokenizer.Settings,
        model.Training.Options,
        model.Training.Figures,
    });

    private static void WriteText(LanguageModel model, string path, TextWriter output)
    {
        void Line(string name, FormattableString value) => output.WriteLine($"{name,-14} {FormattableString.Invariant(value)}");
        var shape = model.Shape;
        Line("file", $"{path}, {new FileInfo(path).Length:N0} bytes");
        Line("network", $"{shape.Cell.ToString().ToLowerInvariant()}, {shape.Layers} layers, embedding {shape.EmbeddingSize}, hidden {shape.HiddenSize}, {(shape.Tied ? "tied" : "not tied")}");
        Line("softmax", $"{(shape.AdaptiveSoftmax is { } adaptive ? $"adaptive, {adaptive}" : "full")}");
        Line("parameters", $"{shape.ParameterCount:N0}, {(model.IsQuantized ? "8-bit integers with a scale for each row" : "32-bit floating point")}");
        Line("vocabulary", $"{shape.VocabularySize:N0} words, unknown {model.Vocabulary.UnknownWord}, end of line {model.Vocabulary.EndOfLineWord}");
        foreach (var (name, value) in model.Tokenizer.Settings) Line(name == "name" ? "tokenizer" : $"  {name}", $"{value}");
        output.WriteLine("training");
        foreach (var (name, value) in model.Training.Options) Line($"  {name}", $"{value}");
        output.WriteLine("figures");
        foreach (var (name, value) in model.Training.Figures) Line($"  {name}", $"{value:G6}");
    }
}
