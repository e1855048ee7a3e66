using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;
using RnnLm.Persistence;
using RnnLm.Wording;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm ensemble MODEL MODEL... --output MODEL</c></summary>
sealed class EnsembleCommand(Terminal terminal, CancellationToken cancellation)
{
    private string[] sources = [];
    private double[]? weights;
    private string target = "";

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Files("MODEL", "The model files, of the same words in the same order and the same tokenizer.", ArgumentArity.OneOrMore, value => sources = value);
        flags.Optional("--member-weights", "The weight of each model, with commas between them; all alike without it.", Values.Fractions, value => weights = value);
        flags.Output(value => target = value);
        flags.Examples(
            "rnnlm ensemble first.rnnlm second.rnnlm --output both.rnnlm",
            "rnnlm ensemble first.rnnlm second.rnnlm --member-weights 2,1 --output both.rnnlm");
        return flags.ToCommand("ensemble", "Makes one model of several: the probability of a word is the mean of theirs.", Run);
    }

    private int Run()
    {
        LanguageModel[] members = [.. sources.Select(source => LanguageModel.Load(source, cancellation))];
        var ensemble = Ensemble(members);
        ensemble.Save(target, cancellation);
        for (var i = 0; i < members.Length; i++) terminal.Show($"member {i,-7} {sources[i]}, weight {ensemble.MemberWeights[i]:0.####}, {ensemble.Members[i]}");
        if (members.Any(member => member.DynamicEvaluation is not null))
            terminal.Tell("The dynamic evaluation of the members is left out: an ensemble has one of its own, which rnnlm tune finds.");
        terminal.Show($"ensemble       {target}, {CountText.Of(FileIdentity.LengthOf(target), "byte")}");
        return ExitCode.Done;
    }

    /// <summary>The ensemble; where the weights are not those of as many models, or cannot be, the command line is at fault.</summary>
    private LanguageModel Ensemble(LanguageModel[] members)
    {
        try
        {
            return LanguageModel.Ensemble(members, weights);
        }
        catch (ArgumentException fault) when (fault.ParamName == nameof(weights))
        {
            throw new UsageException($"--member-weights: {FaultMessage.Of(fault)}");
        }
    }
}
