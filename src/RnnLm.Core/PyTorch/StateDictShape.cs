using System.Globalization;
using System.Text.RegularExpressions;
using RnnLm.Faults;
using RnnLm.Networks;
using RnnLm.Safetensors;
using RnnLm.Wording;

namespace RnnLm.PyTorch;

/// <summary>
/// Finds the sizes of a network in the tensors of a state_dict, and everything in them that does not go together. What cannot be known
/// for the lack of a tensor is left open, so that the rest is still compared.
/// </summary>
internal sealed partial class StateDictShape
{
    private static readonly Cell[] Cells = [.. Cell.All.Where(cell => cell.PyTorchName is not null)];

    // 1 for RNN, 3 for GRU, 4 for LSTM
    private static readonly string KindsOfCell = string.Join(
        ", ", Cells.Select(cell => (cell.Gates, Module: cell.PyTorchName!.Split('_')[0])).Distinct().Order().Select(kind => $"{kind.Gates} for {kind.Module}"));

    private readonly IReadOnlyDictionary<string, TensorEntry> tensors;
    private readonly List<string> mismatches;
    private readonly int layers;
    private readonly long? embedding;
    private readonly long? hidden;
    private readonly long? output; // the hidden size, or that of its projection
    private readonly bool isProjected;
    private readonly long? gates;

    /// <param name="tensors">The tensors of the state_dict by name.</param>
    /// <param name="given">The cell that the caller says it is.</param>
    /// <param name="mismatches">Receives everything that does not go together.</param>
    public StateDictShape(IReadOnlyDictionary<string, TensorEntry> tensors, CellKind? given, List<string> mismatches)
    {
        this.tensors = tensors;
        this.mismatches = mismatches;
        layers = Math.Max(1, tensors.Keys.Select(LayerOf).OfType<string>().Distinct().Count());
        VocabularySize = SizeOf(StateDict.EncoderWeight, 0) ?? SizeOf(StateDict.DecoderWeight, 0) ?? SizeOf(StateDict.DecoderBias, 0, rank: 1);
        isProjected = Enumerable.Range(0, layers).Any(layer => tensors.ContainsKey(StateDict.Projection(layer)));
        output = FirstSizeOf(StateDict.RecurrentWeight, 1) ?? FirstSizeOf(StateDict.Projection, 0) ?? SizeOf(StateDict.DecoderWeight, 1);
        hidden = isProjected ? FirstSizeOf(StateDict.Projection, 1) : output;
        embedding = SizeOf(StateDict.EncoderWeight, 1) ?? SizeOf(StateDict.InputWeight(0), 1) ?? output;

        var before = mismatches.Count;
        gates = FindGates();
        CompareTensors();
        var cell = CellOf(given);
        if (mismatches.Count == before) Network = NetworkOf(cell);
    }

    /// <summary>The number of words; null where no tensor shows it.</summary>
    public long? VocabularySize { get; }

    /// <summary>
    /// The sizes of the network, tied where one of the two matrices is missing: whether two that are there are equal, only their values
    /// show. Null where there were mismatches.
    /// </summary>
    public NetworkShape? Network { get; }

    /// <summary>Whether the cell that is given is not that of the weights, or none is given where they do not show it.</summary>
    public bool IsOfOtherCell { get; private set; }

    private NetworkShape? NetworkOf(CellKind cell)
    {
        try
        {
            var shape = new NetworkShape
            {
                Cell = cell,
                VocabularySize = checked((int)VocabularySize!),
                EmbeddingSize = checked((int)embedding!),
                HiddenSize = checked((int)hidden!),
                ProjectionSize = isProjected ? checked((int)output!) : null,
                Layers = layers,
                Tied = !tensors.ContainsKey(StateDict.EncoderWeight) || !tensors.ContainsKey(StateDict.DecoderWeight),
            };
            shape.Validate();
            return shape;
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            mismatches.Add($"A network of vocabulary {VocabularySize}, embedding {embedding} and hidden size {hidden}{(isProjected ? $" projected to {output}" : "")} is not possible. {exception.Message}");
            return null;
        }
    }

    private long? FindGates()
    {
        foreach (var name in new[] { StateDict.RecurrentWeight(0), StateDict.InputWeight(0) })
        {
            if (SizeOf(name, 0) is not { } rows || hidden is not > 0) continue;
            if (rows % hidden == 0 && Cells.Any(cell => cell.Gates == rows / hidden)) return rows / hidden;
            mismatches.Add(
                $"The tensor {Quotation.Of(name)} has the shape {tensors[name].ShapeText}; with the hidden size {hidden} its rows must be a multiple: {KindsOfCell}.");
            return null;
        }
        return null;
    }

    private CellKind CellOf(CellKind? given)
    {
        Cell[] possible = [.. Cells.Where(cell => gates is null || cell.Gates == gates)];
        var fits = given is null ? possible.Length == 1 : possible.Any(cell => cell.Kind == given);
        if (gates is not null && !fits)
        {
            IsOfOtherCell = true;
            mismatches.Add(given is null
                ? $"The weights are those of a plain recurrent network, and do not show whether its cell is tanh or ReLU: give the cell, {string.Join(" or ", possible.Select(cell => $"{cell.Kind} ({cell.PyTorchName})"))}."
                : $"The cell is given as {given}; the weights have {CountText.Of(gates.Value, "gate")} ({KindsOfCell}).");
        }
        return given ?? possible[0].Kind;
    }

    private void CompareTensors()
    {
        var gateRows = gates * hidden;
        CompareMatrixThatMayBeTied(StateDict.EncoderWeight, StateDict.DecoderWeight, embedding);
        for (var layer = 0; layer < layers; layer++)
        {
            Compare(StateDict.InputWeight(layer), gateRows, layer == 0 ? embedding : output);
            Compare(StateDict.RecurrentWeight(layer), gateRows, output);
            Compare(StateDict.FirstBias(layer), gateRows);
            Compare(StateDict.SecondBias(layer), gateRows);
            if (isProjected) Compare(StateDict.Projection(layer), output, hidden);
        }
        CompareMatrixThatMayBeTied(StateDict.DecoderWeight, StateDict.EncoderWeight, output);
        Compare(StateDict.DecoderBias, VocabularySize);

        var known = Enumerable.Range(0, layers)
            .SelectMany(layer => new[]
            {
                StateDict.InputWeight(layer), StateDict.RecurrentWeight(layer), StateDict.FirstBias(layer), StateDict.SecondBias(layer), StateDict.Projection(layer),
            })
            .Concat([StateDict.EncoderWeight, StateDict.DecoderWeight, StateDict.DecoderBias]);
        foreach (var name in tensors.Keys.Except(known).Order(StringComparer.Ordinal))
            mismatches.Add($"The tensor {Quotation.Of(name)} has no place in such a network of {CountText.Of(layers, "layer")}.");
    }

    /// <summary>Of tensors that are one and the same, safetensors files keep one.</summary>
    private void CompareMatrixThatMayBeTied(string name, string other, long? columns)
    {
        if (tensors.ContainsKey(name) || !tensors.ContainsKey(other)) Compare(name, VocabularySize, columns);
        else if (embedding != output)
            mismatches.Add($"The tensor {Quotation.Of(name)} is missing. It may be where it is tied to {Quotation.Of(other)}, but the embedding has the size {embedding} and the hidden state {output}.");
    }

    private void Compare(string name, params long?[] expected)
    {
        if (!tensors.TryGetValue(name, out var tensor))
        {
            mismatches.Add($"The tensor {Quotation.Of(name)} is missing.");
            return;
        }
        if (!TensorValues.CanRead(tensor.Type))
            mismatches.Add($"The tensor {Quotation.Of(name)} is of the type {tensor.Type}; it must be one of {TensorValues.Types}.");
        if (tensor.Shape.Length != expected.Length || tensor.Shape.Zip(expected).Any(pair => pair.Second is { } size && pair.First != size))
            mismatches.Add($"The tensor {Quotation.Of(name)} has the shape {tensor.ShapeText}; to go with the others it must be {TextOf(expected)}.");
    }

    private static string TextOf(long?[] shape) => $"[{string.Join(", ", shape.Select(size => size?.ToString(CultureInfo.InvariantCulture) ?? "?"))}]";

    private long? SizeOf(string name, int dimension, int rank = 2)
        => tensors.TryGetValue(name, out var tensor) && tensor.Shape.Length == rank ? tensor.Shape[dimension] : null;

    private long? FirstSizeOf(Func<int, string> nameOf, int dimension)
        => Enumerable.Range(0, layers).Select(layer => SizeOf(nameOf(layer), dimension)).FirstOrDefault(size => size is not null);

    /// <summary>The number of the layer that a tensor belongs to, as it is written.</summary>
    private static string? LayerOf(string name) => LayerTensor().Match(name) is { Success: true } match ? match.Groups["layer"].Value : null;

    [GeneratedRegex(@"^rnn\.(?:(?:weight|bias)_[ih]h|weight_hr)_l(?<layer>[0-9]+)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LayerTensor();
}
