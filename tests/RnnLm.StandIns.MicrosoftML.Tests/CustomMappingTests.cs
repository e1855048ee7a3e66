namespace RnnLm.StandIns.MicrosoftML.Tests;

public class CustomMappingTests
{
    private readonly MLContext context = new(1);

    private class TwoOutputs
    {
        public int Length { get; set; }

        public string[] Letters { get; set; }
    }

    private class OneInput
    {
        public string Text { get; set; }
    }

    [Fact]
    public void A_mapping_adds_the_members_of_its_target()
    {
        var data = context.Texts("ab", "", "c");
        var output = context.Transforms.CustomMapping<OneInput, TwoOutputs>((s, t) =>
        {
            t.Length = s.Text.Length;
            t.Letters = [.. s.Text.Select(c => c.ToString())];
        }, null).Fit(data).Transform(data);

        Assert.Equal(["Text", "Length", "Letters"], output.Schema.Names());
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance), output.Schema["Letters"].Type);
        Assert.Equal([2, 0, 1], output.GetColumn<int>("Length"));
        Assert.Equal([["a", "b"], [], ["c"]], output.GetColumn<string[]>("Letters"));
    }

    [Fact]
    public void A_mapping_runs_once_for_a_row_however_many_of_its_outputs_are_read()
    {
        var runs = 0;
        var data = context.Texts("ab", "c");
        var output = context.Transforms.CustomMapping<OneInput, TwoOutputs>((s, t) =>
        {
            Interlocked.Increment(ref runs);
            t.Letters = [];
        }, null).Fit(data).Transform(data);
        using (var cursor = output.GetRowCursor(output.Schema))
        {
            var getLength = cursor.GetGetter<int>(output.Schema["Length"]);
            var getLetters = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(output.Schema["Letters"]);
            var length = 0;
            VBuffer<ReadOnlyMemory<char>> letters = default;
            while (cursor.MoveNext())
            {
                getLength(ref length);
                getLetters(ref letters);
                getLength(ref length);
            }
        }
        Assert.Equal(2, runs);
    }

    [Fact]
    public void Definitions_rename_the_columns_of_a_mapping()
    {
        var data = context.Texts("abc");
        var input = SchemaDefinition.Create(typeof(OneInput));
        input["Text"].ColumnName = "Other";
        var target = SchemaDefinition.Create(typeof(LengthRow));
        target["Length"].ColumnName = "Size";
        var pipeline = context.Transforms.CopyColumns("Other", "Text")
            .Append(context.Transforms.CustomMapping<OneInput, LengthRow>((s, t) => t.Length = s.Text.Length, null, input, target));
        Assert.Equal([3], pipeline.Fit(data).Transform(data).GetColumn<int>("Size"));
    }

    private class NumberInput
    {
        public float Text { get; set; }
    }

    private class VectorInput
    {
        [VectorType(3)]
        public string[] Text { get; set; }
    }

    [Fact]
    public void A_column_that_is_missing_or_of_another_type_is_reported_with_both_types()
    {
        var data = context.Texts("a");
        var missing = context.Transforms.CustomMapping<TextAndNumber, LengthRow>((_, _) => { }, null);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => missing.Fit(data));
        Assert.Contains("Could not find", error.Message);
        Assert.Contains("'Number'", error.Message);

        var wrong = context.Transforms.CustomMapping<NumberInput, LengthRow>((_, _) => { }, null);
        Assert.Contains("Can't bind", Assert.Throws<InvalidOperationException>(() => wrong.Fit(data)).Message);
        var chained = context.Transforms.CopyColumns("Copy", "Text").Append(wrong);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => chained.Fit(data));
        Assert.Contains("Schema mismatch for input column 'Text': expected Single, got String", error.Message);
        var vector = context.Transforms.CopyColumns("Copy", "Text")
            .Append(context.Transforms.CustomMapping<VectorInput, LengthRow>((_, _) => { }, null));
        Assert.Contains("expected Vector<String, 3>, got String",
            Assert.Throws<ArgumentOutOfRangeException>(() => vector.Fit(data)).Message);
    }

    private class KeyTarget
    {
        [KeyType(3)]
        public uint Key { get; set; }
    }

    [Fact]
    public void Keys_that_a_mapping_writes_are_counted_from_zero()
    {
        var data = context.Texts("a", "ab", "abcd");
        var output = context.Transforms.CustomMapping<OneInput, KeyTarget>((s, t) => t.Key = (uint)s.Text.Length - 1, null)
            .Fit(data).Transform(data);
        Assert.Equal([1u, 2u, 0u], output.GetColumn<uint>("Key"));
    }

    [Fact]
    public void A_mapping_may_overwrite_what_it_reads()
    {
        var data = context.Texts("a", "b");
        var output = context.Transforms.CustomMapping<OneInput, TextRow>((s, t) => t.Text = s.Text + s.Text, null)
            .Fit(data).Transform(data);
        Assert.Equal(["aa", "bb"], output.Strings("Text"));
        Assert.Equal(2, output.Schema.Count);
    }

    [Fact]
    public void What_a_mapping_throws_reaches_the_reader()
    {
        var data = context.Texts("a", "b");
        var broken = context.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(
            i => i < 2 ? new TextRow() : throw new TimeZoneNotFoundException("source")));
        var mapped = context.Transforms.CustomMapping<OneInput, LengthRow>((_, _) => { }, null).Fit(broken).Transform(broken);
        var nested = Assert.Throws<InvalidOperationException>(() => mapped.GetColumn<int>("Length").ToList());
        Assert.IsType<TimeZoneNotFoundException>(nested.InnerException.InnerException);

        var output = context.Transforms.CustomMapping<OneInput, LengthRow>((_, _) => throw new TimeZoneNotFoundException("inner"), null)
            .Fit(data).Transform(data);
        var error = Assert.Throws<InvalidOperationException>(() => output.GetColumn<int>("Length").ToList());
        Assert.Contains("worker encountered exception", error.Message);
        Assert.IsType<TimeZoneNotFoundException>(error.InnerException);
    }

    public class Counter
    {
        public int Count;
        public int Start;
    }

    public class Numbered
    {
        public int Number { get; set; }
    }

    [Fact]
    public void A_stateful_mapping_has_a_new_state_for_each_cursor()
    {
        var data = context.Texts("a", "b", "c");
        var starts = 0;
        var output = context.Transforms.StatefulCustomMapping<OneInput, Numbered, Counter>(
            (s, t, state) => t.Number = ++state.Count, _ => starts++, null).Fit(data).Transform(data);
        Assert.Equal([1, 2, 3], output.GetColumn<int>("Number"));
        Assert.Equal([1, 2, 3], output.GetColumn<int>("Number"));
        Assert.Equal(2, starts);
    }

    [Fact]
    public void A_stateful_mapping_sees_all_rows_in_order()
    {
        var view = context.TextsAndNumbers(1000);
        var data = context.Transforms.CopyColumns("Copy", "Text").Fit(view).Transform(view);
        var pipeline = context.Transforms.StatefulCustomMapping<OneInput, Numbered, Counter>(
            (s, t, state) => t.Number = s.Text == $"t{state.Count}" ? state.Count++ : -1, _ => { }, null)
            .Append(context.Transforms.CopyColumns("Again", "Number"));
        Assert.Equal(Enumerable.Range(0, 1000), pipeline.Fit(data).Transform(data).GetColumn<int>("Again"));
    }

    [Fact]
    public void A_prediction_engine_keeps_one_state()
    {
        var data = context.Texts("a");
        var model = context.Transforms.StatefulCustomMapping<OneInput, Numbered, Counter>(
            (s, t, state) => t.Number = state.Start + ++state.Count, state => state.Start = 10, null).Fit(data);
        var engine = context.Model.CreatePredictionEngine<TextRow, Numbered>(model);
        Assert.Equal(11, engine.Predict(new TextRow { Text = "a" }).Number);
        Assert.Equal(12, engine.Predict(new TextRow { Text = "a" }).Number);
        Assert.Equal(11, context.Model.CreatePredictionEngine<TextRow, Numbered>(model).Predict(new TextRow { Text = "a" }).Number);
    }

    public class Other
    {
        public int Unused { get; set; }
    }

    [Fact]
    public void A_stateful_mapping_whose_columns_nobody_asks_for_does_not_run_but_its_inputs_must_be_active()
    {
        var data = context.TextsAndNumbers();
        var output = context.Transforms.StatefulCustomMapping<OneInput, Other, Counter>(
            (_, _, _) => throw new NotImplementedException(), _ => { }, null).Fit(data).Transform(data);
        Assert.Equal(3, output.Strings("Text").Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => output.GetColumn<float>("Number").ToList());
    }

    [Fact]
    public void Rows_that_a_predicate_picks_are_left_out()
    {
        var data = context.Texts("a", "bb", "c");
        var left = context.Data.FilterByCustomPredicate<OneInput>(data, r => r.Text.Length == 2);
        Assert.Equal(["a", "c"], left.Strings("Text"));
        Assert.Null(left.GetRowCount());
        using var cursor = left.GetRowCursor(left.Schema);
        Assert.True(cursor.MoveNext());
        Assert.True(cursor.MoveNext());
        Assert.Equal(1, cursor.Position);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterByCustomPredicate<TextAndNumber>(data, _ => true));
    }
}
