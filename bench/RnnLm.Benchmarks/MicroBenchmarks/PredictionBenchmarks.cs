using BenchmarkDotNet.Attributes;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>What a caller asks of a model: the word just read is not counted, but for the score.</summary>
public class PredictionBenchmarks
{
    private const int SentenceLength = 20;

    private LanguageModel model = null!;
    private RecurrentState state = null!;
    private float[] logProbabilities = [];
    private string[] sentence = [];

    [Params(200, 650)]
    public int Size { get; set; }

    [Params(10_000, 33_278)]
    public int Vocabulary { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var network = new NetworkSetting(CellKind.Lstm, Size) { Vocabulary = Vocabulary };
        model = RandomModel.Create(network);
        sentence = [.. RandomText.Words(Vocabulary, SentenceLength).Select(id => model.Vocabulary[id])];
        state = model.Start(sentence);
        logProbabilities = new float[Vocabulary];
    }

    [Benchmark]
    public int NextWordId() => model.NextWordId(state);

    [Benchmark]
    public NextWordPredictions NextWords() => model.NextWords(state, 5);

    [Benchmark]
    public void LogProbabilities() => model.Network.LogProbabilities(state, logProbabilities);

    [Benchmark]
    public TextScore ScoreOfTwentyWords() => model.Score(sentence);
}
