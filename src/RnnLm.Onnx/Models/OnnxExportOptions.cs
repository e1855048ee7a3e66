using RnnLm.Faults;

namespace RnnLm.Onnx;

/// <summary>What an ONNX file is made for.</summary>
public sealed class OnnxExportOptions
{
    /// <summary>
    /// Makes a graph that gives the most probable next words, and not the log-probabilities of all words after each: what suits ML.NET's
    /// <c>ApplyOnnxModel</c>, to which a row is one text.
    /// </summary>
    /// <value>Null, the default, gives log-probabilities.</value>
    public OnnxNextWords? NextWords { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <param name="vocabulary">The words of the model that is written.</param>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    internal void Validate(Vocabulary vocabulary)
    {
        var faults = new OptionFaults();
        NextWords?.AddFaults(faults.Of(nameof(NextWords)), vocabulary);
        faults.ThrowIfAny(nameof(OnnxExportOptions));
    }
}
