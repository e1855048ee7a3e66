using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>The embedding, the lowest layer: a row of its matrix for every word read.</summary>
internal sealed class EmbeddingLayer : WindowLayer
{
    private readonly MatrixView embedding; // [vocabulary, size]
    private readonly IEmbeddingGradient gradient;
    private readonly CurrentWindow window;
    private readonly Workers workers;
    private readonly Action<int> makeUpPart;
    private readonly Action<int> addPart;
    private MatrixView output; // [positions, size]
    private MatrixView outputGradient;

    /// <param name="embedding">The matrix: <c>[vocabulary, size]</c>.</param>
    /// <param name="gradient">Receives its gradient.</param>
    /// <param name="window">The window.</param>
    /// <param name="workers">The threads that share the work.</param>
    public EmbeddingLayer(NetworkParameter embedding, IEmbeddingGradient gradient, CurrentWindow window, Workers workers)
        : base(embedding.Columns)
    {
        this.embedding = embedding.Matrix;
        this.gradient = gradient;
        this.window = window;
        this.workers = workers;
        makeUpPart = part => this.gradient.MakeUp(this.window.Inputs.Span, part, this.workers.Count);
        addPart = part => this.gradient.AddRows(this.window.Inputs.Span, outputGradient, part, this.workers.Count);
    }

    public override MatrixView Output => output.RowRange(0, window.Positions);

    public override MatrixView OutputGradient => outputGradient.RowRange(0, window.Positions);

    public override IEnumerable<Gradient> Gradients => [(Gradient)gradient];

    public override void Reserve(int batchSize, int capacity, bool keepsState)
    {
        var positions = checked(batchSize * capacity);
        output = MatrixView.Zeros(positions, Size);
        outputGradient = MatrixView.Zeros(positions, Size);
    }

    public override void Forward()
    {
        workers.Run(workers.Count, makeUpPart);
        var words = window.Inputs.Span;
        for (var i = 0; i < words.Length; i++) embedding.Row(words[i]).CopyTo(output.Row(i));
    }

    public override void Backward()
    {
        gradient.Begin(window.Inputs.Span);
        workers.Run(workers.Count, addPart);
    }
}
