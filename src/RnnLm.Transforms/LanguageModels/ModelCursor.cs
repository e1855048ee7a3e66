using Microsoft.ML.Data;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>What one cursor keeps of a language model from row to row: the model itself, and a state to read rows with.</summary>
internal sealed class ModelCursor
{
    private readonly PayloadReader<LanguageModelPayload> reader = new();
    private LanguageModelPayload? current;
    private RecurrentState? start;
    private RecurrentState? state;

    /// <summary>Begins a row.</summary>
    /// <param name="payload">The model, as the row brings it.</param>
    /// <param name="state">A state at the beginning of a line, for the row to move on.</param>
    public LanguageModelPayload Begin(in VBuffer<ReadOnlyMemory<char>> payload, out RecurrentState state)
    {
        var model = reader.Read(payload);
        if (!ReferenceEquals(model, current) || start is null || this.state is null)
        {
            start = model.Model.Start();
            this.state = start.Clone();
            current = model;
        }
        start.CopyTo(this.state);
        state = this.state;
        return model;
    }
}
