using System.Globalization;

namespace RnnLm.Samples.Tests;

/// <summary>The sample that is compiled to native code. It answers as the library does; the last bits may differ, for it keeps to registers that every processor has.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(Samples))]
public sealed class NativeTests(Samples samples)
{
    private const double HalfOfLastDigit = 0.0005;
    private const double Rounding = 1e-4;

    private static readonly string[] Prompts = ["Gets or sets the", "Returns a value that", "  An object, which is Ünknown:", ""];

    private static string ModelPath => Samples.Output("Uses", "documentation.rnnlm");

    [NativeFact]
    public async Task A_native_program_answers_its_arguments_as_the_library_does()
    {
        await samples.DocumentationModel();
        CheckAnswers(await Command.Run(Samples.Repository, await samples.NativePredict(), ["-k", "3", ModelPath, .. Prompts]), count: 3);
    }

    [NativeFact]
    public async Task A_native_program_answers_each_line_of_standard_input()
    {
        await samples.DocumentationModel();
        var (code, output, errors) = await Command.Try(Samples.Repository, await samples.NativePredict(), [ModelPath], input: string.Concat(Prompts.Select(prompt => $"{prompt}\n")));
        Assert.Equal((0, ""), (code, errors));
        CheckAnswers(output, count: 5);
    }

    [NativeFact]
    public async Task A_native_program_says_in_a_line_what_is_wrong()
    {
        await samples.DocumentationModel();
        var damaged = samples.Folder("damaged.rnnlm");
        var bytes = await File.ReadAllBytesAsync(ModelPath);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(damaged, bytes);
        var absent = samples.Folder("absent.rnnlm");

        await CheckFault(1, $"There is no file \"{absent}\"", absent, "Gets");
        await CheckFault(1, $"\"{damaged}\" cannot be loaded.", damaged, "Gets");
        await CheckFault(1, $"\"{Samples.Repository}\" is a folder", Samples.Repository, "Gets");
        await CheckFault(2, "Name a model file. Usage: ");
        await CheckFault(2, "There is no option \"--count\". Usage: ", "--count", "3", ModelPath, "Gets");
        await CheckFault(2, "-k takes a whole number from 1 on. Usage: ", "-k", "0", ModelPath, "Gets");
        await CheckFault(2, "-k takes a whole number from 1 on. Usage: ", "-k");
        await CheckFault(2, "-k is 1000000; it must be from 1 to ", "-k", "1000000", ModelPath, "Gets");
    }

    private static void CheckAnswers(string output, int count)
    {
        var model = LanguageModel.Load(ModelPath);
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(Prompts, lines.Select(line => line.Split('\t')[0]));
        foreach (var (prompt, answer) in Prompts.Zip(lines, (prompt, line) => (prompt, line.Split('\t')[1].Split("  "))))
        {
            var expected = model.NextWords(prompt, count);
            Assert.Equal(expected.Select(next => next.Word), answer.Select(word => word.Split(' ')[0]));
            Assert.All(expected.Zip(answer), pair => Assert.Equal(pair.First.Probability, ProbabilityOf(pair.Second), HalfOfLastDigit + Rounding));
        }
    }

    /// <summary>That of a word written as <c>value 16.0 %</c>.</summary>
    private static double ProbabilityOf(string answer) => double.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture) / 100;

    private async Task CheckFault(int expectedCode, string expected, params string[] arguments)
    {
        var (code, output, errors) = await Command.Try(Samples.Repository, await samples.NativePredict(), arguments);
        Assert.Equal((expectedCode, ""), (code, output));
        Assert.StartsWith("NativePredict: ", errors, StringComparison.Ordinal);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }
}
