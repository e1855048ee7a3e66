using System.Globalization;
using RnnLm.Fuzz.Loop;

namespace RnnLm.Fuzz;

/// <summary>What follows the target on the command line.</summary>
/// <param name="Options">When the loop ends.</param>
/// <param name="Corpus">A folder of further inputs, which receives those that are kept; null where there is none.</param>
/// <param name="Faults">The folder that receives inputs that show a fault.</param>
internal sealed record LoopArguments(LoopOptions Options, string? Corpus, string Faults)
{
    /// <summary>Reads flags.</summary>
    /// <returns>The arguments; null where a flag is not known or has no value that can be.</returns>
    public static LoopArguments? Parse(ReadOnlySpan<string> flags)
    {
        var arguments = new LoopArguments(new LoopOptions(), null, "artifacts/fuzz/faults");
        for (; flags is [var flag, var value, ..]; flags = flags[2..])
        {
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (flag)
            {
                case "--executions" when isNumber:
                    arguments = arguments with { Options = arguments.Options with { Executions = number } };
                    break;
                case "--seconds" when isNumber:
                    arguments = arguments with { Options = arguments.Options with { Time = TimeSpan.FromSeconds(number) } };
                    break;
                case "--seed" when isNumber:
                    arguments = arguments with { Options = arguments.Options with { Seed = number } };
                    break;
                case "--corpus":
                    arguments = arguments with { Corpus = value };
                    break;
                case "--faults":
                    arguments = arguments with { Faults = value };
                    break;
                default:
                    return null;
            }
        }
        return flags.IsEmpty ? arguments : null;
    }
}
