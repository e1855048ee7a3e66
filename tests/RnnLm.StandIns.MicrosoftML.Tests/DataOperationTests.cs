namespace RnnLm.StandIns.MicrosoftML.Tests;

public class DataOperationTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Rows_are_taken_and_skipped()
    {
        var data = context.TextsAndNumbers(5);
        var middle = context.Data.TakeRows(context.Data.SkipRows(data, 1), 3);
        Assert.Equal([1f, 2f, 3f], middle.GetColumn<float>("Number"));
        Assert.Equal(3, middle.GetRowCount());
        Assert.Equal(5, context.Data.TakeRows(data, 99).GetRowCount());
        Assert.Equal(0, context.Data.SkipRows(data, 99).GetRowCount());
        Assert.Empty(context.Data.SkipRows(data, 99).Strings("Text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.TakeRows(data, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.SkipRows(data, -1));
        Assert.Throws<ArgumentNullException>(() => context.Data.TakeRows(null, 1));
    }

    [Fact]
    public void A_split_deals_out_every_row_once_and_the_same_way_each_time()
    {
        var data = context.TextsAndNumbers(1000);
        var split = context.Data.TrainTestSplit(data, 0.2);
        var train = split.TrainSet.GetColumn<float>("Number").ToArray();
        var test = split.TestSet.GetColumn<float>("Number").ToArray();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (float)i), train.Concat(test).Order());
        Assert.InRange(test.Length, 150, 250);
        Assert.Equal(test, context.Data.TrainTestSplit(data, 0.2).TestSet.GetColumn<float>("Number"));
        Assert.Equal(test, split.TestSet.GetColumn<float>("Number"));
        Assert.Equal(["Text", "Number"], split.TrainSet.Schema.Names(hidden: true));
        Assert.Null(split.TrainSet.GetRowCount());
        Assert.NotEqual(test, context.Data.TrainTestSplit(data, 0.2, seed: 5).TestSet.GetColumn<float>("Number"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.TrainTestSplit(data, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.TrainTestSplit(data, 0));
    }

    [Theory]
    [InlineData(null, "18 28 44 48 68 71 73 76 96 97")]
    [InlineData(5, "2 17 21 37 51 52 63 75 84 88 97")]
    public void A_split_is_the_one_that_the_real_package_makes(int? seed, string expected)
    {
        var data = new MLContext().TextsAndNumbers(100);
        var test = new MLContext().Data.TrainTestSplit(data, 0.15, seed: seed).TestSet.GetColumn<float>("Number");
        Assert.Equal(expected, string.Join(' ', test));
    }

    [Fact]
    public void Rows_with_one_key_are_not_split()
    {
        var rows = Enumerable.Range(0, 500).Select(i => new TextAndNumber { Text = $"user{i % 50}", Number = i }).ToList();
        var split = context.Data.TrainTestSplit(context.Data.LoadFromEnumerable(rows), 0.3, samplingKeyColumnName: "Text");
        var train = split.TrainSet.Strings("Text").ToHashSet();
        var test = split.TestSet.Strings("Text").ToHashSet();
        Assert.NotEmpty(train);
        Assert.NotEmpty(test);
        Assert.Empty(train.Intersect(test));
        Assert.Equal(50, train.Count + test.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.TrainTestSplit(context.Texts("a"), samplingKeyColumnName: "Nothing"));
    }

    [Fact]
    public void Shuffling_changes_the_order_and_nothing_else()
    {
        var data = context.TextsAndNumbers(200);
        foreach (var pool in new[] { 1000, 10 })
        {
            var shuffled = context.Data.ShuffleRows(data, seed: 3, shufflePoolSize: pool);
            var numbers = shuffled.GetColumn<float>("Number").ToArray();
            Assert.NotEqual(data.GetColumn<float>("Number"), numbers);
            Assert.Equal(data.GetColumn<float>("Number"), numbers.Order());
            Assert.Equal(numbers, shuffled.GetColumn<float>("Number"));
            Assert.All(context.Data.CreateEnumerable<TextAndNumber>(shuffled, false), r => Assert.Equal($"t{r.Number}", r.Text));
            Assert.Equal(200, shuffled.GetRowCount());
        }
        Assert.True(context.Data.ShuffleRows(data).CanShuffle);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.ShuffleRows(data, shufflePoolSize: 0));
    }

    [Fact]
    public void A_cache_reads_its_source_once_and_only_the_columns_asked_for()
    {
        var reads = 0;
        IEnumerable<TextAndNumber> Source()
        {
            for (var i = 0; i < 3; i++)
            {
                reads++;
                yield return new() { Text = $"t{i}", Number = i };
            }
        }
        var cached = context.Data.Cache(context.Data.LoadFromEnumerable(Source()));
        Assert.Equal(0, reads);
        Assert.Null(cached.GetRowCount());
        Assert.True(cached.CanShuffle);
        Assert.Equal(["t0", "t1", "t2"], cached.Strings("Text"));
        Assert.Equal(["t0", "t1", "t2"], cached.Strings("Text"));
        Assert.Equal(3, reads);
        Assert.Equal(3, cached.GetRowCount());
        Assert.Equal([0f, 1f, 2f], cached.GetColumn<float>("Number"));
        Assert.Equal(6, reads);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.Cache(cached, "Nothing"));
        using var cursor = cached.GetRowCursor(cached.Schema, new Random(1));
        var get = cursor.GetGetter<float>(cached.Schema["Number"]);
        var seen = new List<float>();
        var value = 0f;
        while (cursor.MoveNext())
        {
            get(ref value);
            seen.Add(value);
        }
        Assert.Equal([0f, 1f, 2f], seen.Order());
    }

    public class Row
    {
        public float Number { get; set; }

        public double Wide { get; set; }

        public int Whole { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; }
    }

    [Fact]
    public void Rows_are_filtered_by_range_and_by_missing_values()
    {
        var data = context.Data.LoadFromEnumerable(new[]
        {
            new Row { Number = 1, Pair = [1, 2] }, new Row { Number = float.NaN, Wide = 1, Pair = [1, 2] },
            new Row { Number = 3, Wide = 2, Pair = [float.NaN, 2] }, new Row { Number = 5, Wide = 3, Pair = [1, 2] },
        });
        Assert.Equal([3f], context.Data.FilterRowsByColumn(data, "Number", 2, 5).GetColumn<float>("Number"));
        Assert.Equal([2.0, 3.0], context.Data.FilterRowsByColumn(data, "Wide", lowerBound: 2).GetColumn<double>("Wide"));
        Assert.Equal([1f, 3f, 5f], context.Data.FilterRowsByMissingValues(data, "Number").GetColumn<float>("Number"));
        Assert.Equal([1f, 5f], context.Data.FilterRowsByMissingValues(data, "Number", "Pair").GetColumn<float>("Number"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByColumn(context.Texts("a"), "Text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByColumn(data, "Number", 5, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByColumn(data, "Whole", 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByMissingValues(context.Texts("a"), "Text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByMissingValues(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Data.FilterRowsByMissingValues(data, "Nothing"));
    }
}
