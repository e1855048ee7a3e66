using RnnLm.Faults;

namespace RnnLm.Safetensors;

/// <summary>What a safetensors header says of one tensor.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The type of its values, such as <c>F32</c>.</param>
/// <param name="Shape">Its sizes, the slowest first.</param>
/// <param name="Begin">Where its first byte lies, counted from the end of the header.</param>
/// <param name="End">Where its last byte has passed.</param>
internal sealed record TensorEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    public const string Float32 = "F32";
    public const string Int32 = "I32";
    public const string Int8 = "I8";
    public const string UInt8 = "U8";

    /// <summary>The number of bytes.</summary>
    public long Length => End - Begin;

    /// <summary>The number of values, which the header's parser has found to fit <see cref="Length"/>.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The shape as a person writes it: <c>[800, 200]</c>.</summary>
    public string ShapeText => ShapeTextOf(Shape);

    /// <summary>Throws where its values are of another type than they must be.</summary>
    /// <exception cref="ModelFormatException">They are.</exception>
    public void RequireType(string type)
    {
        if (Type != type) throw new ModelFormatException($"The tensor {Quotation.Of(Name)} is of the type {Type}; it must be {type}.");
    }

    /// <summary>The number of values of a row of them that an array can hold.</summary>
    /// <param name="type">The type that they must be of.</param>
    /// <exception cref="ModelFormatException">They are of another type, more than one row, or too many.</exception>
    public int LengthAs(string type)
    {
        RequireType(type);
        return Shape is [var length] && length <= Array.MaxLength
            ? (int)length
            : throw new ModelFormatException($"The tensor {Quotation.Of(Name)} has the shape {ShapeText}; it must have one size, at most {Array.MaxLength}.");
    }

    public static string ShapeTextOf(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>The number of bytes of one value of a type, or null where safetensors has no such type or counts it in bits.</summary>
    public static int? BytesOf(string type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" => 8,
        _ => null,
    };
}
