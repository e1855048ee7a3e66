namespace RnnLm.StandIns.MicrosoftML.Tests;

/// <summary>A model within a chain of built-in transformers, as a component outside of ML.NET has to save itself.</summary>
public class RecipeTests
{
    public const string KeyContract = "RnnLm.StandIns.Tests.Recipe.Key.1";
    public const string CountContract = "RnnLm.StandIns.Tests.Recipe.Count.1";
    public const string LengthContract = "RnnLm.StandIns.Tests.Recipe.Length.1";

    private static int counted;

    private readonly MLContext context = new(1);

    public class Nothing
    {
    }

    public class KeyColumn
    {
        [ColumnName("__key"), KeyType(1)]
        public uint Key { get; set; }
    }

    public class Input
    {
        [ColumnName("__input")]
        public string Text { get; set; }

        [ColumnName("__model")]
        public VBuffer<ReadOnlyMemory<char>> Model { get; set; }
    }

    public class CountColumn
    {
        [ColumnName("__count")]
        public int Count { get; set; }
    }

    public class LengthColumn
    {
        [ColumnName("__length")]
        public int Length { get; set; }
    }

    public class State
    {
        public ReadOnlyMemory<char> Letters;
    }

    [CustomMappingFactoryAttribute(KeyContract)]
    public class KeyFactory : CustomMappingFactory<Nothing, KeyColumn>
    {
        public static void Map(Nothing source, KeyColumn target) => target.Key = 0;

        public override Action<Nothing, KeyColumn> GetMapping() => Map;
    }

    [CustomMappingFactoryAttribute(CountContract)]
    public class CountFactory : StatefulCustomMappingFactory<Input, CountColumn, State>
    {
        public static void Map(Input source, CountColumn target, State state)
        {
            Interlocked.Increment(ref counted);
            if (state.Letters.IsEmpty)
                state.Letters = source.Model.GetItemOrDefault(1);
            target.Count = source.Text.Count(c => ((ReadOnlySpan<char>)state.Letters.Span).Contains(c));
        }

        public static void Start(State state)
        {
        }

        public override Action<Input, CountColumn, State> GetMapping() => Map;

        public override Action<State> GetStateInitAction() => Start;
    }

    [CustomMappingFactoryAttribute(LengthContract)]
    public class LengthFactory : CustomMappingFactory<Input, LengthColumn>
    {
        public static void Map(Input source, LengthColumn target) => target.Length = source.Text.Length;

        public override Action<Input, LengthColumn> GetMapping() => Map;
    }

    public class Prediction
    {
        public int Vowels { get; set; }

        public int Length { get; set; }
    }

    public class OnlyLength
    {
        public int Length { get; set; }
    }

    private EstimatorChain<ColumnCopyingTransformer> Pipeline()
    {
        var model = new[] { KeyValuePair.Create(1u, new[] { "{}", "aeiou" }) };
        return context.Transforms.Text.NormalizeText("Normal", "Text")
            .Append(context.Transforms.CopyColumns("__input", "Normal"))
            .Append(context.Transforms.CustomMapping<Nothing, KeyColumn>(KeyFactory.Map, KeyContract))
            .Append(context.Transforms.Conversion.MapValue("__model", model, "__key"))
            .Append(context.Transforms.StatefulCustomMapping<Input, CountColumn, State>(
                CountFactory.Map, CountFactory.Start, CountContract))
            .Append(context.Transforms.CustomMapping<Input, LengthColumn>(LengthFactory.Map, LengthContract))
            .Append(context.Transforms.CopyColumns("Vowels", "__count"))
            .Append(context.Transforms.CopyColumns("Length", "__length"))
            .Append(context.Transforms.DropColumns("__input", "__key", "__model", "__count", "__length"))
            .Append(context.Transforms.CopyColumns("Again", "Vowels"));
    }

    [Fact]
    public void The_model_travels_with_the_chain_and_shows_only_the_columns_of_the_user()
    {
        var data = context.Texts("Hello", "", "AEIOU xyz");
        var model = Pipeline().Fit(data);
        foreach (var m in new ITransformer[] { model, context.SavedAndLoaded(model, data.Schema) })
        {
            var output = m.Transform(data);
            Assert.Equal(["Text", "Normal", "Vowels", "Length", "Again"], output.Schema.Names(hidden: true));
            Assert.Equal([(2, 5), (0, 0), (5, 9)],
                context.Data.CreateEnumerable<Prediction>(output, false).Select(p => (p.Vowels, p.Length)));
            Assert.Equal([2, 0, 5], output.GetColumn<int>("Again"));
            var engine = context.Model.CreatePredictionEngine<TextRow, Prediction>(m);
            Assert.Equal(2, engine.Predict(new TextRow { Text = "Hello" }).Vowels);
            Assert.Equal(5, engine.Predict(new TextRow { Text = "AEIOU xyz" }).Vowels);
        }
    }

    [Fact]
    public void A_prediction_that_does_not_ask_for_a_column_does_not_compute_it()
    {
        var data = context.Texts("Hello");
        var engine = context.Model.CreatePredictionEngine<TextRow, OnlyLength>(Pipeline().Fit(data));
        var before = counted;
        Assert.Equal(5, engine.Predict(new TextRow { Text = "Hello" }).Length);
        Assert.Equal(before, counted);
    }

    [Fact]
    public void A_column_beside_a_stateful_mapping_cannot_be_read_without_that_mapping_s_inputs()
    {
        var data = context.Texts("Hello");
        var output = Pipeline().Fit(data).Transform(data);
        Assert.Throws<InvalidOperationException>(() => output.Strings("Text"));
        // The inputs of a mapping without state that is asked for are active for the other one too.
        Assert.Equal([5], output.GetColumn<int>("Length"));
    }
}
