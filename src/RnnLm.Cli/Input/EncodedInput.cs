using RnnLm.Cli.Output;

namespace RnnLm.Cli.Input;

/// <summary>A corpus that <c>rnnlm encode</c> has written, in the place of text.</summary>
static class EncodedInput
{
    /// <summary>Opens the corpus that a command is given; null where it is given text.</summary>
    /// <exception cref="InvalidDataException">It is given a corpus beside other files, or one that is not whole.</exception>
    public static EncodedCorpus? Open(TextInput text, CancellationToken cancellation)
    {
        if (text.Files.FirstOrDefault(EncodedCorpus.IsAt) is not { } path) return null;
        if (text.Files.Count > 1)
            throw new InvalidDataException($"{Printable.Quotation(path)} is an encoded corpus, which is read alone; encode all texts together, with rnnlm encode.");
        try
        {
            return EncodedCorpus.Open(path, cancellation);
        }
        catch (ModelFormatException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }
}
