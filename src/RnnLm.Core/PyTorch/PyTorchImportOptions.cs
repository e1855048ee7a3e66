using RnnLm.Faults;

namespace RnnLm;

/// <summary>What the weights and the vocabulary of a model of PyTorch do not say themselves.</summary>
public sealed class PyTorchImportOptions
{
    /// <summary>
    /// What splits texts into words; it has to split them as they were split when the model was trained. Where the vocabulary has words
    /// that are not in Unicode's Normalization Form C, it takes text as it is.
    /// </summary>
    /// <value>The default splits at white space, as PyTorch's word_language_model does.</value>
    public Tokenizer Tokenizer { get; set; } = Tokenizer.Whitespace;

    /// <summary>
    /// The cell. The weights of an LSTM and of a GRU show it; those of a plain recurrent network do not tell
    /// <see cref="CellKind.Elman"/> (<c>RNN_TANH</c>) from <see cref="CellKind.Relu"/> (<c>RNN_RELU</c>), so there it has to be given.
    /// </summary>
    /// <value>Null, the default, is the cell that the weights show. One that is given must agree with the weights.</value>
    public CellKind? Cell { get; set; }

    /// <summary>The word of the vocabulary that stands for every word outside it.</summary>
    /// <value>The default is <c>&lt;unk&gt;</c>.</value>
    public string UnknownWord { get; set; } = "<unk>";

    /// <summary>The word of the vocabulary that ends every line.</summary>
    /// <value>The default is <c>&lt;eos&gt;</c>.</value>
    public string EndOfLineWord { get; set; } = "<eos>";

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        if (Tokenizer is null) faults.Add("Tokenizer is null; Tokenizer.Whitespace is the default.");
        if (Cell is { } cell) faults.RequireDefined(nameof(Cell), cell);
        if (string.IsNullOrEmpty(UnknownWord)) faults.Add("UnknownWord is empty; name a word of the vocabulary.");
        if (string.IsNullOrEmpty(EndOfLineWord)) faults.Add("EndOfLineWord is empty; name a word of the vocabulary.");
        else if (UnknownWord == EndOfLineWord) faults.Add($"UnknownWord and EndOfLineWord are both {Quotation.Of(UnknownWord)}; they must differ.");
        faults.ThrowIfAny(all => new ArgumentException(string.Join(Environment.NewLine, all)));
    }
}
