using System.CommandLine;

namespace RnnLm.Cli.Flags;

/// <summary>
/// The flags and arguments of a command. Each is declared once, in a row with its name, its help and what it sets; the help lists them in
/// the order of the rows, and what is given on the command line is set in that order.
/// </summary>
sealed class FlagSet
{
    private readonly List<Argument> arguments = [];
    private readonly List<Option> options = [];
    private readonly List<Action<ParseResult>> setters = [];

    /// <summary>The flags, in the order of their rows.</summary>
    public IReadOnlyList<Option> Options => options;

    /// <summary>An argument.</summary>
    public void Add<TValue>(Argument<TValue> argument, Action<TValue> set)
    {
        arguments.Add(argument);
        setters.Add(parsed =>
        {
            if (parsed.GetResult(argument) is { Tokens.Count: > 0 }) set(parsed.GetRequiredValue(argument));
        });
    }

    /// <summary>A flag.</summary>
    public Flag Add<TValue>(Option<TValue> option, Action<TValue> set) => Add(option, parsed => set(parsed.GetRequiredValue(option)));

    /// <summary>An argument that names a file.</summary>
    public void File(string name, string description, Action<string> set) => Add(new Argument<string>(name) { Description = description }, set);

    /// <summary>A flag that names a file and cannot be left out.</summary>
    public Flag RequiredFile(string name, string description, Action<string> set)
        => Add(new Option<string>(name) { Description = description, Required = true }, set);

    /// <summary>A flag with a value.</summary>
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="description">Its help.</param>
    /// <param name="usual">What holds where it is not given, for the help.</param>
    /// <param name="set">Takes the value that is given.</param>
    public Flag Value<TValue>(string name, string description, TValue usual, Action<TValue> set)
    {
        var option = new Option<TValue>(name) { Description = description, DefaultValueFactory = _ => usual };
        return Add(option, parsed => set(parsed.GetRequiredValue(option)));
    }

    /// <summary>A flag with a number, whose help says itself what holds where it is not given.</summary>
    public Flag Optional<TValue>(string name, string description, Action<TValue> set)
        where TValue : struct
    {
        var option = new Option<TValue?>(name) { Description = description };
        return Add(option, parsed => set(parsed.GetRequiredValue(option)!.Value));
    }

    /// <summary>A flag with a text, whose help says itself what holds where it is not given.</summary>
    public Flag Optional(string name, string description, Action<string> set) => Add(new Option<string>(name) { Description = description }, set);

    /// <summary>A flag that stands for itself.</summary>
    public Flag Switch(string name, string description, Action<bool> set) => Add(new Option<bool>(name) { Description = description }, set);

    /// <summary>A flag that chooses among cases.</summary>
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="description">Its help.</param>
    /// <param name="usual">The case that is taken where the flag is not given; null where none is.</param>
    /// <param name="cases">The cases by their names; each sets what it stands for.</param>
    public Choice Choice(string name, string description, string? usual, Dictionary<string, Action> cases)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = usual is null ? null : _ => usual };
        option.AcceptOnlyFromAmong([.. cases.Keys]);
        options.Add(option);
        setters.Add(parsed =>
        {
            if (parsed.GetValue(option) is { } chosen) cases[chosen]();
        });
        return new Choice(option, setters.Add, usual, cases.Keys);
    }

    /// <summary>A command with these flags.</summary>
    /// <param name="name">Its verb.</param>
    /// <param name="description">Its help.</param>
    /// <param name="run">Runs it when everything is set, and returns the exit code.</param>
    public Command ToCommand(string name, string description, Func<int> run)
    {
        var command = new Command(name, description);
        foreach (var argument in arguments) command.Add(argument);
        foreach (var option in options) command.Add(option);
        command.SetAction(parsed =>
        {
            foreach (var set in setters) set(parsed);
            return run();
        });
        return command;
    }

    private Flag Add(Option option, Action<ParseResult> set)
    {
        options.Add(option);
        setters.Add(parsed =>
        {
            if (parsed.GetResult(option) is { Implicit: false }) set(parsed);
        });
        return new Flag(option, setters.Add);
    }
}
