using RnnLm.Persistence;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// Saves a state to a stream, so that another process goes on from what it has read without the text: four bytes a value, 3,244 bytes for an LSTM of two layers of 200.
    /// </summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="stream">The stream to write to, from its present position on.</param>
    /// <exception cref="ArgumentException">The state belongs to another model, or has a value that is not a finite number; nothing is written.</exception>
    /// <exception cref="NotSupportedException">The model has a cache, an n-gram model or members, and its states what these remember: save the text, and read it again.</exception>
    public void SaveState(RecurrentState state, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(stream);
        CheckStatesAreAlone();
        Check(state);
        StateFile.Write(state, stream);
    }

    /// <summary>Loads a state that this model has saved. Of another model of the same sizes it is taken as well, and means nothing: <see cref="ComputeChecksum"/> tells models apart.</summary>
    /// <param name="stream">The stream, from its present position to its end.</param>
    /// <exception cref="ModelFormatException">It is cut short, altered, of another version, of a network of other sizes, or no state.</exception>
    /// <exception cref="NotSupportedException">The model has a cache, an n-gram model or members.</exception>
    public RecurrentState LoadState(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckStatesAreAlone();
        var state = Network.CreateState();
        StateFile.Read(state, stream);
        return state;
    }

    private void CheckStatesAreAlone()
    {
        if (mixture is not null)
            throw new NotSupportedException("A state of a model with a cache, an n-gram model or members is not saved, since it has what these remember. Save the text and read it again, or use the network alone.");
    }
}
