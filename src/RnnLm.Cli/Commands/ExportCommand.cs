using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;
using RnnLm.Onnx;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm export MODEL --weights FILE --vocabulary FILE</c>, and <c>rnnlm export MODEL --onnx FILE</c></summary>
sealed class ExportCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly FlagSet flags = new();
    private string modelPath = "";
    private string? weights;
    private string? vocabulary;
    private string? onnx;
    private int? nextWords;
    private bool isPlain;

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.OutputFileFlag("--weights", [], "The safetensors file to write: the state_dict of PyTorch's word_language_model.",
            value => weights = value, isRequired: false);
        flags.OutputFileFlag("--vocabulary", [], "The file of words to write: UTF-8, a word a line in the order of their ids.",
            value => vocabulary = value, isRequired: false);
        flags.OutputFileFlag("--onnx", [], "The ONNX file to write, instead of these two: log-probabilities of all words after each word.",
            value => onnx = value, isRequired: false);
        flags.Optional("--next-words", "With --onnx: give as many of the most probable words, for ML.NET's ApplyOnnxModel, instead of log-probabilities.",
            text => Values.WholeFrom(1, text), value => nextWords = value);
        flags.Switch("--plain", "With --onnx: leave out a cache and an n-gram model that are stored, for which ONNX has no room, those of members of an ensemble too.",
            () => isPlain = true);
        flags.Check(CheckForm);
        flags.Examples(
            "rnnlm export model.rnnlm --weights weights.safetensors --vocabulary words.txt",
            "rnnlm export model.rnnlm --onnx model.onnx");
        return flags.ToCommand("export", "Writes the weights and the vocabulary of a model for PyTorch, or a model for ONNX Runtime.", Run);
    }

    private void CheckForm()
    {
        if (onnx is null)
        {
            if (nextWords is not null || isPlain) throw new UsageException($"{(isPlain ? "--plain" : "--next-words")} goes with --onnx.");
            if (UsageFaults.Missing([.. Unless(weights, "--weights"), .. Unless(vocabulary, "--vocabulary")]) is { } fault) throw new UsageException($"{fault} An ONNX file is written with --onnx instead.");
        }
        else if ((weights ?? vocabulary) is not null)
        {
            throw new UsageException("--onnx writes one file that has weights and words in it; --weights and --vocabulary do not go with it.");
        }
    }

    private static string[] Unless(string? given, string name) => given is null ? [name] : [];

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        if (onnx is null) WritePyTorch(model);
        else WriteOnnx(model, onnx);
        return ExitCode.Done;
    }

    private void WritePyTorch(LanguageModel model)
    {
        flags.Suit(() => model.ExportPyTorch(weights!, vocabulary!, cancellation));
        if (MixtureInfo.HasAdditions(model))
            terminal.Tell($"{Printable.Quotation(modelPath)} has a cache, an n-gram model or dynamic evaluation; PyTorch's form has room for the network alone, and they are left out.");
        terminal.Tell($"The weights are in {Printable.Quotation(weights!)}, the words in {Printable.Quotation(vocabulary!)}.");
    }

    private void WriteOnnx(LanguageModel stored, string path)
    {
        var model = isPlain ? stored.WithoutAdditions() : stored;
        if (HasMixture(model))
            throw new UsageException($"{Printable.Quotation(modelPath)} has a cache or an n-gram model, which ONNX has no operators for; with --plain the network is written without them.");
        var options = new OnnxExportOptions { NextWords = nextWords is { } count ? new OnnxNextWords { Count = count } : null };
        if (nextWords > model.Vocabulary.Count - 2)
            throw new UsageException(FormattableString.Invariant($"--next-words is {nextWords:N0}; it must be from 1 to {model.Vocabulary.Count - 2:N0}, the words that the model predicts."));
        flags.Suit(() => OnnxExport.ExportOnnx(model, path, options, cancellation));
        if (stored.DynamicEvaluation is not null) terminal.Tell($"{Printable.Quotation(modelPath)} goes on learning from what it reads (dynamic evaluation); an ONNX file does not.");
        terminal.Tell($"The model is in {Printable.Quotation(path)}.");
    }

    private static bool HasMixture(LanguageModel model) => model.Cache is not null || model.NGram is not null || model.Members.Any(HasMixture);
}
