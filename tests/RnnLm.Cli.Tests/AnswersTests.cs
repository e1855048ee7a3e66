using System.Text.Json;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class AnswersTests
{
    private static readonly Type[] Written =
    [
        .. typeof(CommandJson).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(CommandJson).Namespace && type is { IsAbstract: false, IsNested: false } && type != typeof(CommandJson)),
    ];

    [Fact]
    public void All_that_commands_write_is_listed() => Assert.All(Written, type => Assert.NotNull(CommandJson.Default.GetTypeInfo(type)));

    [Fact]
    public void A_value_of_an_enumeration_is_written_as_its_name()
    {
        var values = from type in Written
                     from property in type.GetProperties()
                     let kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType
                     where kind.IsEnum
                     from value in Enum.GetValues(kind).Cast<object>()
                     select value;
        Assert.All(values, value => Assert.Equal($"\"{JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!)}\"", JsonLines.Of(value)));
    }

    [Fact]
    public void What_has_happened_comes_first()
        => Assert.Equal("""{"event":"completed","stopReason":"timeLimit"}""", JsonLines.Of(new TrainingCompletedLine(StopReason.TimeLimit)));

    [Fact]
    public void What_is_not_there_is_null_and_what_is_no_number_has_its_name()
        => Assert.Equal(
            """{"event":"trial","kind":"cacheAndNGram","settings":"<é>","perplexity":null,"best":false,"seconds":"NaN"}""",
            JsonLines.Of(new TuningTrialLine(TuningKind.CacheAndNGram, "<é>", Perplexity: null, Best: false, double.NaN)));
}
