namespace RnnLm.Onnx.Format;

/// <summary>The types of a tensor's elements, with their numbers in the format.</summary>
internal enum OnnxElementType
{
    /// <summary>32-bit floating point.</summary>
    Single = 1,

    /// <summary>8-bit integers from 0 to 255.</summary>
    Byte = 2,

    /// <summary>64-bit integers.</summary>
    Int64 = 7,
}
