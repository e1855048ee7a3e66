namespace RnnLm.Cli.Flags;

/// <summary>What stands for the value of a flag in the help.</summary>
static class Placeholder
{
    public const string File = "FILE";
    public const string Files = "FILE...";
    public const string Model = "MODEL";
    public const string Word = "WORD";
    public const string Name = "NAME";
    public const string Url = "URL";

    public const string Folder = "FOLDER";
    private const string Text = "TEXT";
    private const string Words = "WORDS";
    private const string Whole = "N";
    private const string Number = "NUMBER";
    private const string Time = "TIME";

    /// <summary>What follows from how a value is read: from <see cref="Values"/>, or from what comes out.</summary>
    public static string Of<TValue>(Func<string, TValue> read) => read switch
    {
        Func<string, string> text when text == Values.File => File,
        Func<string, string> text when text == Values.Folder => Folder,
        Func<string, string> => Text,
        Func<string, string[]> => Words,
        Func<string, int> => Whole,
        Func<string, int[]> => $"{Whole},{Whole},...",
        Func<string, double> => Number,
        Func<string, double[]> => $"{Number},{Number},...",
        Func<string, TimeSpan> => Time,
        Func<string, (TimeSpan, int?)> => $"{Time}|{Whole}",
        _ => throw new ArgumentException($"There is no placeholder for a {typeof(TValue).Name}; say what stands for it."),
    };
}
