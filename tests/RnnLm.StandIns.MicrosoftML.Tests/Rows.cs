namespace RnnLm.StandIns.MicrosoftML.Tests;

public class TextRow
{
    public string Text { get; set; }
}

public class TextAndNumber
{
    public string Text { get; set; }

    public float Number { get; set; }
}

public class LengthRow
{
    public int Length { get; set; }
}

public class WordsRow
{
    public string[] Words { get; set; }
}

/// <summary>Data and helpers that many tests use.</summary>
public static class Rows
{
    public static IDataView Texts(this MLContext context, params string[] texts)
        => context.Data.LoadFromEnumerable(texts.Select(t => new TextRow { Text = t }).ToList());

    public static IDataView TextsAndNumbers(this MLContext context, int count = 3)
        => context.Data.LoadFromEnumerable(
            Enumerable.Range(0, count).Select(i => new TextAndNumber { Text = $"t{i}", Number = i }).ToList());

    public static string[] Strings(this IDataView data, string column) => [.. data.GetColumn<string>(column)];

    public static string[] Names(this DataViewSchema schema, bool hidden = false)
        => [.. schema.Where(c => hidden || !c.IsHidden).Select(c => c.Name)];

    /// <summary>Saves a model and loads it in another context.</summary>
    public static ITransformer SavedAndLoaded(this MLContext context, ITransformer model, DataViewSchema schema = null)
    {
        var stream = new MemoryStream();
        context.Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }
}
