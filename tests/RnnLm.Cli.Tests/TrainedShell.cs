namespace RnnLm.Cli.Tests;

/// <summary>A folder with a small model in it, trained once for all tests of a class.</summary>
public sealed class TrainedShell : IDisposable
{
    public const string Sentence = "the cat sat on the mat .";

    public TrainedShell()
    {
        Text = Shell.Write("text.txt", string.Concat(Enumerable.Repeat(Sentence + "\n", 60)));
        Model = Shell["model.rnnlm"];
        Training = Shell.Run([.. SmallTraining(Text, Model), "--validation", Text, "--json"]);
    }

    public Shell Shell { get; } = new();

    public string Text { get; }

    public string Model { get; }

    public Outcome Training { get; }

    public static string[] SmallTraining(string text, string model, int epochs = 20) =>
    [
        "train", text, "--output", model, "--tokenizer", "whitespace", "--layers", "1", "--embedding", "16", "--hidden", "16", "--dropout", "0",
        "--batch", "2", "--window", "5", "--epochs", $"{epochs}", "--learning-rate", "0.02", "--threads", "1",
    ];

    public void Dispose() => Shell.Dispose();
}
