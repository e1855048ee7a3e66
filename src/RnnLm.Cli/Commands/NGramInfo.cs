using RnnLm.Cli.Answers;
using RnnLm.Cli.Output;
using RnnLm.Persistence;
using RnnLm.Wording;

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

    private void WriteJson() => terminal.Out.WriteJson(new NGramInfoLine(
        FileIdentity.LengthOf(path), model.Order, model.Vocabulary.Count, Counts, model.Tokenizer.Summary, model.Training.Options, model.Training.Figures));

    private void WriteText()
    {
        void Line(string name, FormattableString value) => terminal.Show($"{name,-14} {Printable.Invariant(value)}");
        Line("file", $"{path}, {CountText.Of(FileIdentity.LengthOf(path), "byte")}");
        Line("n-grams", $"order {model.Order}");
        foreach (var (count, index) in Counts.Select((count, index) => (count, index))) Line($"  {CountText.Of(index + 1, "word")}", $"{count:N0}");
        Line("vocabulary", $"{model.Vocabulary.Count:N0} words, unknown {model.Vocabulary.UnknownWord}, end of line {model.Vocabulary.EndOfLineWord}");
        foreach (var (name, value) in model.Tokenizer.Summary) Line(name == "name" ? "tokenizer" : $"  {name}", $"{value}");
        RecordInfo.Show(terminal, model.Training);
    }
}
