using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>Columns as text that is equal only where every bit is.</summary>
internal static class ColumnText
{
    /// <summary>The values of a column of whatever type: for each row its elements, of which a scalar is one.</summary>
    public static string[][] ElementsOf(this IDataView data, string name) => data.Schema[name].Type switch
    {
        TextDataViewType => [.. data.Column<string>(name).Select(value => new[] { value })],
        NumberDataViewType { RawType: var type } when type == typeof(float) => [.. data.Column<float>(name).Select(value => new[] { FullPrediction.Bits(value) })],
        NumberDataViewType => [.. data.Column<int>(name).Select(value => new[] { value.ToString(CultureInfo.InvariantCulture) })],
        KeyDataViewType => [.. data.Column<uint>(name).Select(value => new[] { value.ToString(CultureInfo.InvariantCulture) })],
        VectorDataViewType { ItemType: TextDataViewType } => data.Column<string[]>(name),
        VectorDataViewType { ItemType: KeyDataViewType } =>
            [.. data.Column<uint[]>(name).Select(value => value.Select(key => key.ToString(CultureInfo.InvariantCulture)).ToArray())],
        VectorDataViewType => [.. data.Column<float[]>(name).Select(value => value.Select(FullPrediction.Bits).ToArray())],
        var other => throw new NotSupportedException($"{name}: {other}"),
    };
}
