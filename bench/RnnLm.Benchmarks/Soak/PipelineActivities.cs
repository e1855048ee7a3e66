using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Soak;

/// <summary>A model in an ML.NET pipeline that was saved and loaded, with every output column.</summary>
static class PipelineActivities
{
    /// <param name="subject">The model.</param>
    /// <param name="folder">Where the pipeline is saved.</param>
    public static IEnumerable<Activity> Of(Subject subject, string folder)
    {
        var mlContext = new MLContext(seed: 1);
        var path = Path.Combine(folder, $"{subject.Name}.zip");
        Save(mlContext, subject.Model, path);
        var pipeline = mlContext.Model.Load(path, out _);
        var questions = subject.Questions;
        return
        [
            Named("prediction engine", 48, (thread, question) =>
                thread.EngineOf(pipeline).Predict(new PipelineRow { Text = questions.Line(question) }).ToString()),
            Named("transform", 3, (thread, question) => Transformed(thread.MLContext, pipeline, questions.Lines(question))),
            Named("transform, one column", 3, (thread, question) => string.Join(' ', pipeline
                .Transform(Data(thread.MLContext, questions.Lines(question))).GetColumn<float>(nameof(PipelinePrediction.Perplexity)).Select(Bits.Of))),
            Named("transform, broken off", 3, (thread, question) => string.Join(' ', pipeline
                .Transform(Data(thread.MLContext, questions.Lines(question))).GetColumn<string>(nameof(PipelinePrediction.NextWord)).Take(1 + question))),
            Named("evaluate", 1, (thread, question) =>
                Bits.Of(thread.MLContext.LanguageModeling.Evaluate(pipeline, Data(thread.MLContext, questions.Lines(question))))),
            Named("load", 1, (_, question) => Transformed(
                new MLContext(seed: 1), new MLContext(seed: 1).Model.Load(path, out DataViewSchema _), questions.Lines(question))),
            Named("load the model of", 1, (_, question) => Bits.Of(LanguageModel.LoadFromPipeline(path).NextWords(questions.Line(question)))),
            Named("fit, save and load", 1, (_, question) => Refitted(subject, question)),
        ];

        Activity Named(string name, int weight, Func<SoakThread, int, string?> answer) => new($"{subject.Name} in a pipeline: {name}", weight, answer);
    }

    private static void Save(MLContext mlContext, LanguageModel model, string path)
    {
        var data = Data(mlContext, []);
        mlContext.Model.Save(mlContext.LanguageModeling.FromModel(model, PipelinePrediction.Columns()).Fit(data), data.Schema, path);
    }

    /// <summary>Another model each time, as a server has that takes in what was trained since.</summary>
    private static string Refitted(Subject subject, int question)
    {
        var mlContext = new MLContext(seed: 1);
        var weights = subject.Model.Network.CopyWeights();
        foreach (var parameter in weights.Parameters)
            foreach (ref var value in parameter.Values.AsSpan()) value *= 1 + (question * 0.01f);
        var model = new LanguageModel(subject.Model.Tokenizer, subject.Model.Vocabulary, weights);
        using var stream = new MemoryStream();
        var data = Data(mlContext, subject.Questions.Lines(question));
        mlContext.Model.Save(mlContext.LanguageModeling.FromModel(model, PipelinePrediction.Columns()).Fit(data), data.Schema, stream);
        stream.Position = 0;
        return Transformed(mlContext, mlContext.Model.Load(stream, out _), subject.Questions.Lines(question));
    }

    private static string Transformed(MLContext mlContext, ITransformer pipeline, IEnumerable<string> lines)
        => string.Join('\n', mlContext.Data.CreateEnumerable<PipelinePrediction>(pipeline.Transform(Data(mlContext, lines)), reuseRowObject: false));

    private static IDataView Data(MLContext mlContext, IEnumerable<string> lines)
        => mlContext.Data.LoadFromEnumerable(lines.Select(line => new PipelineRow { Text = line }));
}
