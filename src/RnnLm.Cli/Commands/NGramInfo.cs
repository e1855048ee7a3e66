using RnnLm.Cli.Output;
using RnnLm.Persistence;

namespace RnnLm.Cli.Commands;

/// <summary>What <c>rnnlm info</c> shows of an n-gram model.</summary>
sealed class NGramInfo(Terminal terminal, string path, NGramModel model)
{
    private IEnumerable<int> Counts => Enumerable.Range(1, model.Order).Select(model.CountOf);

    public int Show(bool json)
    {
        if (json) WriteJson();
        else WriteText();
        return ExitCode.Done;
    }

    private void WriteJson() => terminal.Out.WriteJson(new
    {
        Bytes = FileIdentity.LengthOf(path),
        model.Order,
        VocabularySize = model.Vocabulary.Count,
        NGrams = Counts,
        Tokenizer = model.Tokenizer.Summary,
        model.Training.Options,
        model.Training.Figures,
    });

    private void WriteText()
    {
        void Line(string name, FormattableString value) => terminal.Show($"{name,-14} {Printable.Invariant(value)}");
        Line("file", $"{path}, {FileIdentity.LengthOf(path):N0} bytes");
        Line("n-grams", $"order {model.Order}");
        foreach (var (count, index) in Counts.Select((count, index) => (count, index))) Line($"  {index + 1} {(index == 0 ? "word" : "words")}", $"{count:N0}");
        Line("vocabulary", $"{model.Vocabulary.Count:N0} words, unknown {model.Vocabulary.UnknownWord}, end of line {model.Vocabulary.EndOfLineWord}");
        foreach (var (name, value) in model.Tokenizer.Summary) Line(name == "name" ? "tokenizer" : $"  {name}", $"{value}");
        if (model.Training.Options.Count > 0) terminal.Show($"training");
        foreach (var (name, value) in model.Training.Options) Line($"  {name}", $"{value}");
        if (model.Training.Figures.Count > 0) terminal.Show($"figures");
        foreach (var (name, value) in model.Training.Figures) Line($"  {name}", $"{value:G10}");
    }
}
