namespace RnnLm.StandIns.MicrosoftML.Tests;

public class CursorTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Only_columns_that_were_asked_for_can_be_read()
    {
        var data = context.TextsAndNumbers();
        using var cursor = data.GetRowCursor([data.Schema["Text"]]);

        Assert.True(cursor.IsColumnActive(data.Schema["Text"]));
        Assert.False(cursor.IsColumnActive(data.Schema["Number"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<float>(data.Schema["Number"]));
        var copied = context.Transforms.CopyColumns("Copy", "Number").Fit(data).Transform(data);
        using var second = copied.GetRowCursor([copied.Schema["Text"]]);
        Assert.Throws<InvalidOperationException>(() => second.GetGetter<float>(copied.Schema["Copy"]));
    }

    [Fact]
    public void A_getter_of_another_type_is_refused_with_both_types_named()
    {
        var data = context.TextsAndNumbers();
        using var cursor = data.GetRowCursor(data.Schema);
        var error = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(data.Schema["Number"]));
        Assert.Contains("'System.Double'", error.Message);
        Assert.Contains("'System.Single'", error.Message);
        var copied = context.Transforms.CopyColumns("Copy", "Number").Fit(data).Transform(data);
        using var second = copied.GetRowCursor(copied.Schema);
        Assert.Contains("Invalid TValue",
            Assert.Throws<InvalidOperationException>(() => second.GetGetter<double>(copied.Schema["Copy"])).Message);
    }

    [Fact]
    public void A_cursor_starts_before_the_first_row_and_ends_after_the_last()
    {
        var data = context.Texts("a", "b");
        using var cursor = data.GetRowCursor(data.Schema);
        var getId = cursor.GetIdGetter();
        DataViewRowId first = default, second = default;
        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() => getId(ref first));
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, cursor.Position);
        getId(ref first);
        Assert.True(cursor.MoveNext());
        getId(ref second);
        Assert.NotEqual(first, second);
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Several_cursors_over_one_view_do_not_disturb_each_other()
    {
        var data = context.Transforms.CopyColumns("Copy", "Text").Fit(context.Texts("a")).Transform(context.Texts("a", "b"));
        using var one = data.GetRowCursor(data.Schema);
        using var two = data.GetRowCursor(data.Schema);
        var get = one.GetGetter<ReadOnlyMemory<char>>(data.Schema["Copy"]);
        var getOther = two.GetGetter<ReadOnlyMemory<char>>(data.Schema["Copy"]);
        ReadOnlyMemory<char> value = default, other = default;
        Assert.True(one.MoveNext());
        Assert.True(one.MoveNext());
        Assert.True(two.MoveNext());
        get(ref value);
        getOther(ref other);
        Assert.Equal(("b", "a"), (value.ToString(), other.ToString()));
    }

    [Fact]
    public async Task A_set_of_cursors_has_each_row_once()
    {
        var view = context.TextsAndNumbers(1000);
        var data = context.Transforms.CopyColumns("Copy", "Number").Fit(view).Transform(view);
        var cursors = data.GetRowCursorSet([data.Schema["Copy"]], 4);
        Assert.NotEmpty(cursors);
        var seen = new System.Collections.Concurrent.ConcurrentBag<float>();
        // Cursors of one set are read side by side.
        await Task.WhenAll(cursors.Select(cursor => Task.Run(() =>
        {
            using (cursor)
            {
                var get = cursor.GetGetter<float>(data.Schema["Copy"]);
                var value = 0f;
                while (cursor.MoveNext())
                {
                    get(ref value);
                    seen.Add(value);
                }
            }
        })));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (float)i), seen.Order());
    }

    [Fact]
    public void Rows_come_in_order_through_transforms()
    {
        var view = context.TextsAndNumbers(1000);
        var data = context.Transforms.CopyColumns("Copy", "Number").Fit(view).Transform(view);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (float)i), data.GetColumn<float>("Copy"));
    }

    [Fact]
    public void Many_threads_can_read_one_view()
    {
        var view = context.TextsAndNumbers(200);
        var data = context.Transforms.CopyColumns("Copy", "Text").Fit(view).Transform(view);
        var expected = data.Strings("Copy");
        Assert.All(Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => data.Strings("Copy")).ToList(),
            actual => Assert.Equal(expected, actual));
    }

    [Fact]
    public void A_preview_shows_rows_and_columns()
    {
        var preview = context.TextsAndNumbers(5).Preview(maxRows: 2);
        Assert.Equal(2, preview.RowView.Length);
        Assert.Equal("Number", preview.RowView[1].Values.Last().Key);
        Assert.Equal(1f, preview.RowView[1].Values.Last().Value);
        Assert.Equal([0f, 1f], preview.ColumnView[1].Values);
        Assert.Equal("2 columns, 2 rows", preview.ToString());
    }
}
