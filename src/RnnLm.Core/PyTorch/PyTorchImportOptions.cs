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
    /// <value>Null, the default, is the cell that the weights show. One that is given must agree with the weights; PyTorch has no <see cref="CellKind.Cifg"/>.</value>
    public CellKind? Cell { get; set; }

    /// <summary>The word of the vocabulary that stands for every word outside it.</summary>
    /// <value>The default is <c>&lt;unk&gt;</c>.</value>
    public string UnknownWord { get; set; } = "<unk>";

    /// <summary>The word of the vocabulary that ends every line.</summary>
    /// <value>The default is <c>&lt;eos&gt;</c>.</value>
    public string EndOfLineWord { get; set; } = "<eos>";

    /// <summary>
    /// Whether a vocabulary without <see cref="UnknownWord"/>, as that of PyTorch's example is where the text has none, gets it as a word more.
    /// Its embedding and its output weights are zero, and its output bias is 20 below the lowest of the others: it is read as nothing, and
    /// predicted as good as never.
    /// </summary>
    /// <value>The default is false: such a vocabulary is refused.</value>
    public bool AddUnknownWord { get; set; }

    /// <summary>
    /// Whether the weights may be a file that <c>torch.save</c> wrote (<c>.pt</c>, <c>.pth</c>): a state_dict, or a dictionary that has one
    /// under <c>state_dict</c>, <c>model_state_dict</c> or <c>model</c>. Only tensors are read. What else such a file may hold is Python's code,
    /// which is not run: a file that needs it is refused by the name of what it needs.
    /// </summary>
    /// <value>The default is false: weights are a safetensors file.</value>
    public bool AllowPickle { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        if (Tokenizer is null) faults.Add("Tokenizer is null; Tokenizer.Whitespace is the default.");
        if (Cell is { } cell)
        {
            faults.RequireDefined(nameof(Cell), cell);
            var isPyTorchs = !Enum.IsDefined(cell) || Networks.Cell.Of(cell).PyTorchName is not null;
            faults.Require(isPyTorchs, nameof(Cell), cell, $"a cell that PyTorch has: {Networks.Cell.WithPyTorchName}");
        }
        if (string.IsNullOrEmpty(UnknownWord)) faults.Add("UnknownWord is empty; name a word of the vocabulary.");
        if (string.IsNullOrEmpty(EndOfLineWord)) faults.Add("EndOfLineWord is empty; name a word of the vocabulary.");
        else if (UnknownWord == EndOfLineWord) faults.Add($"UnknownWord and EndOfLineWord are both {Quotation.Of(UnknownWord)}; they must differ.");
        faults.ThrowIfAny(all => new ArgumentException(string.Join(Environment.NewLine, all)));
    }
}
