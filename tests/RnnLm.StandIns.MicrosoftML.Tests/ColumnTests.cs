namespace RnnLm.StandIns.MicrosoftML.Tests;

public class ColumnTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void A_copy_has_type_values_and_annotations_of_its_source()
    {
        var data = context.TextsAndNumbers();
        var copied = context.Transforms.CopyColumns("Copy", "Text").Fit(data).Transform(data);
        Assert.Equal(["Text", "Number", "Copy"], copied.Schema.Names());
        Assert.Equal(["t0", "t1", "t2"], copied.Strings("Copy"));
        Assert.Equal(3, copied.GetRowCount());
    }

    [Fact]
    public void A_column_that_is_overwritten_is_hidden_beside_the_new_one()
    {
        var data = context.TextsAndNumbers();
        var copied = context.Transforms.CopyColumns("Text", "Number").Fit(data).Transform(data);
        Assert.Equal(["Text", "Text", "Number"], copied.Schema.Names(hidden: true));
        Assert.True(copied.Schema[0].IsHidden);
        Assert.Equal(NumberDataViewType.Single, copied.Schema["Text"].Type);
        Assert.Equal([0f, 1f, 2f], copied.GetColumn<float>("Text"));
    }

    [Fact]
    public void Dropped_columns_are_gone_and_hidden_ones_stay()
    {
        var data = context.TextsAndNumbers();
        var pipeline = context.Transforms.CopyColumns("Text", "Number").Append(context.Transforms.DropColumns("Number"));
        var output = pipeline.Fit(data).Transform(data);
        Assert.Equal(["Text", "Text"], output.Schema.Names(hidden: true));
        Assert.Equal(["Number"], context.Transforms.CopyColumns("Text", "Number").Append(context.Transforms.DropColumns("Text"))
            .Fit(data).Transform(data).Schema.Names(hidden: true));
    }

    [Fact]
    public void Selected_columns_come_in_the_order_in_which_they_are_named()
    {
        var data = context.TextsAndNumbers();
        Assert.Equal(["Number", "Text"], context.Transforms.SelectColumns("Number", "Text").Fit(data).Transform(data).Schema.Names());
        var hidden = context.Transforms.CopyColumns("Text", "Number").Append(context.Transforms.SelectColumns(["Text"], keepHidden: true));
        Assert.Equal(2, hidden.Fit(data).Transform(data).Schema.Count);
        var visible = context.Transforms.CopyColumns("Text", "Number").Append(context.Transforms.SelectColumns("Text"));
        Assert.Single(visible.Fit(data).Transform(data).Schema);
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var data = context.Texts("a");
        foreach (var action in new Action[]
        {
            () => context.Transforms.CopyColumns("Copy", "Nothing").Fit(data),
            () => context.Transforms.DropColumns("Nothing").Fit(data),
            () => context.Transforms.SelectColumns("Text", "Nothing").Fit(data),
            () => context.Transforms.CopyColumns("Copy", "Text").Append(context.Transforms.CopyColumns("c", "Nothing")).Fit(data),
        })
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(action);
            Assert.Contains("Could not find input column 'Nothing'", error.Message);
            Assert.Equal("inputSchema", error.ParamName);
        }
    }

    [Fact]
    public void Transformers_check_the_data_they_are_given()
    {
        var transformer = context.Transforms.CopyColumns("Copy", "Number").Fit(context.TextsAndNumbers());
        Assert.Contains("'Number'", Assert.Throws<ArgumentOutOfRangeException>(() => transformer.Transform(context.Texts("a"))).Message);
        Assert.Contains("'Number'",
            Assert.Throws<ArgumentOutOfRangeException>(() => transformer.GetOutputSchema(context.Texts("a").Schema)).Message);
        Assert.Throws<ArgumentNullException>(() => transformer.Transform(null));
    }

    [Fact]
    public void Nothing_to_select_or_drop_is_an_error()
    {
        Assert.Throws<InvalidOperationException>(() => context.Transforms.DropColumns());
        Assert.Throws<InvalidOperationException>(() => context.Transforms.SelectColumns());
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Transforms.CopyColumns("", "Text"));
    }

    [Fact]
    public void Column_transforms_are_saved()
    {
        var data = context.TextsAndNumbers();
        var model = context.Transforms.CopyColumns("Copy", "Text").Append(context.Transforms.SelectColumns("Copy", "Number"))
            .Append(context.Transforms.CopyColumns("Last", "Number")).Append(context.Transforms.DropColumns("Number")).Fit(data);
        var output = context.SavedAndLoaded(model, data.Schema).Transform(data);
        Assert.Equal(["Copy", "Last"], output.Schema.Names());
        Assert.Equal(["t0", "t1", "t2"], output.Strings("Copy"));
    }
}
