using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm;

namespace Uses;

/// <summary>
/// Finds names, places and dates word by word: the features of a word are the states of a language model after it and after the word that follows. Beside it stands the kind that each word
/// mostly had in the judged sentences, looked up.
/// </summary>
static class Entities
{
    private static readonly string[] Kinds = ["Name", "Place", "Date"];

    public static void Run()
    {
        var reports = new Reports(seed: 1);
        IReadOnlyList<ReportWord>[] unjudged = [.. Enumerable.Range(0, 4_000).Select(_ => reports.Next())];
        IReadOnlyList<ReportWord>[] judged = [.. Enumerable.Range(0, 400).Select(_ => reports.Next())];
        IReadOnlyList<ReportWord>[] heldOut = [.. Enumerable.Range(0, 1_000).Select(_ => reports.Next())];

        var trainer = new LanguageModelTrainer(new TrainingOptions
        {
            Layers = 1,
            EmbeddingSize = 32,
            HiddenSize = 64,
            BatchMode = BatchMode.Rows,
            Epochs = 5,
            Optimizer = new Adam { LearningRate = 0.005 },
            Threads = 1,
        });
        var model = trainer.Train(Tokenizer.Whitespace, unjudged.Select(TextOf)).Model;

        var mlContext = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2 * model.GetEmbeddingSize());
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Kind))
            .AppendCacheCheckpoint(mlContext)
            .Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedKind", "PredictedLabel"));
        var fitted = pipeline.Fit(RowsOf(judged));
        string[] predicted = [.. fitted.Transform(RowsOf(heldOut)).GetColumn<string>("PredictedKind")];

        var usual = judged.SelectMany(report => report).GroupBy(word => word.Text).ToDictionary(same => same.Key, same => same.GroupBy(word => word.Kind).MaxBy(kind => kind.Count())!.Key);
        ReportWord[] truth = [.. heldOut.SelectMany(report => report)];
        string[] lookedUp = [.. truth.Select(word => usual.GetValueOrDefault(word.Text, "Other"))];

        Console.WriteLine($"{judged.Length} judged sentences; {heldOut.Length:N0} held out, {truth.Length:N0} words      F1 {string.Concat(Kinds.Select(kind => $"{kind,9}"))}");
        Console.WriteLine($"  {"each word looked up",-54}{string.Concat(Kinds.Select(kind => $"{F1(kind, lookedUp),9:P1}"))}");
        Console.WriteLine($"  {"states of the language model",-54}{string.Concat(Kinds.Select(kind => $"{F1(kind, predicted),9:P1}"))}");
        foreach (var text in (string[])["April London left Paris in May .", "Paris Novak bought 1995 bricks in Sofia .", "In 1995 the mayor of Hamilton thanked June March ."]) Show(text);

        IDataView RowsOf(IEnumerable<IReadOnlyList<ReportWord>> reports) => mlContext.Data.LoadFromEnumerable(reports.SelectMany(RowsOfOne), schema);

        IEnumerable<Row> RowsOfOne(IReadOnlyList<ReportWord> report)
        {
            var states = model.EmbedWords(report.Select(word => word.Text));
            return report.Select((word, i) => new Row { Kind = word.Kind, Features = [.. states[i], .. states[Math.Min(i + 1, states.Count - 1)]] });
        }

        double F1(string kind, string[] answers)
        {
            var right = truth.Zip(answers).Count(pair => pair.First.Kind == kind && pair.Second == kind);
            return 2.0 * right / (truth.Count(word => word.Kind == kind) + answers.Count(answer => answer == kind));
        }

        void Show(string text)
        {
            ReportWord[] words = [.. text.Split(' ').Select(word => new ReportWord(word, "Other"))];
            var kinds = fitted.Transform(RowsOf([words])).GetColumn<string>("PredictedKind");
            Console.WriteLine($"  {string.Join(' ', words.Zip(kinds, (word, kind) => kind == "Other" ? word.Text : $"[{kind} {word.Text}]"))}");
        }
    }

    private static string TextOf(IEnumerable<ReportWord> report) => string.Join(' ', report.Select(word => word.Text));

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Kind { get; set; } = "";
    }
}
