using RnnLm.Networks;

namespace RnnLm.Benchmarks.Comparison;

/// <summary>One network and one job, measured on both sides with the same sizes.</summary>
/// <param name="Job"><c>train</c>, words a second in training, or <c>next</c>, distributions of the next word a second.</param>
/// <param name="Cell">The recurrent cell.</param>
/// <param name="Size">The size of embedding and hidden state.</param>
/// <param name="Goal">The ratio to reach, ours to the peer's.</param>
sealed record ComparisonCase(string Job, CellKind Cell, int Size, double Goal)
{
    public int Layers { get; init; } = 2;

    public int Vocabulary { get; init; } = 10_000;

    public int Batch { get; init; } = 20;

    public int Window { get; init; } = 35;

    public double Dropout { get; init; } = 0.2;

    public string Name => Job == "train"
        ? $"train {Cell} {Layers}x{Size}, vocabulary {Vocabulary:N0}, batch {Batch}, window {Window}"
        : $"next word {Cell} {Layers}x{Size}, vocabulary {Vocabulary:N0}";

    public static IReadOnlyList<ComparisonCase> Quick { get; } =
    [
        new("train", CellKind.Lstm, 200, 2),
        new("next", CellKind.Lstm, 200, 3),
        new("train", CellKind.Lstm, 650, 2),
        new("next", CellKind.Lstm, 650, 3),
    ];

    public static IReadOnlyList<ComparisonCase> All { get; } =
    [
        .. Quick,
        new("train", CellKind.Lstm, 200, 2) { Batch = 1 },
        new("train", CellKind.Lstm, 200, 2) { Batch = 5 },
        new("train", CellKind.Lstm, 200, 2) { Batch = 64 },
        new("train", CellKind.Lstm, 200, 2) { Vocabulary = 33_278 },
        new("train", CellKind.Elman, 200, 2),
        new("train", CellKind.Relu, 200, 2),
        new("train", CellKind.Gru, 200, 2),
        new("next", CellKind.Gru, 200, 3),
        new("next", CellKind.Lstm, 200, 3) { Vocabulary = 33_278 },
    ];
}
