using System.CommandLine;

namespace RnnLm.Cli.Help;

/// <summary>A command of <c>rnnlm</c>, with examples.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does: what is before the first colon says it in a line.</param>
/// <param name="examples">Command lines, each as it is typed.</param>
sealed class Verb(string name, string description, IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Command lines, each as it is typed.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>The same with what it does in a line, for a list of commands.</summary>
    public Verb Briefly()
    {
        Description = $"{Description!.Split(": ")[0].Split(". ")[0].TrimEnd('.')}.";
        return this;
    }
}
