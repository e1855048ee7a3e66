using System.Runtime.CompilerServices;

namespace RnnLm.Numerics;

/// <summary>A product of a matrix and a vector, divided among threads by rows.</summary>
internal unsafe struct VectorProduct : IPartitionedKernel
{
    private const int GreatestCount = 16;

    /// <summary>The matrix's first element.</summary>
    public float* Matrix;

    /// <summary>Elements from one row of the matrix to the next.</summary>
    public nint RowStep;

    /// <summary>The rows of the matrix.</summary>
    public int Rows;

    /// <summary>The columns of the matrix.</summary>
    public int Columns;

    /// <summary>The vector.</summary>
    public float* Vector;

    /// <summary>The product.</summary>
    public float* Result;

    /// <summary>Whether the product is added to the result or replaces it.</summary>
    public bool Accumulate;

    /// <summary>The number of parts the rows are divided into.</summary>
    public int Parts;

    /// <inheritdoc/>
    public readonly void RunPart<TSimd, TVector>(int part)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var first = (int)((long)Rows * part / Parts);
        var end = (int)((long)Rows * (part + 1) / Parts);
        MultiplyRows<TSimd, TVector>(Matrix + (first * RowStep), RowStep, end - first, Vector, Columns, Result + first, Accumulate);
    }

    // Row after row: memory is read from one end to the other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyRows<TSimd, TVector>(float* matrix, nint rowStep, int rows, float* vector, nint columns, float* result, bool accumulate)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        // The elements of a row that do not fill a register are loaded with those before them, and those masked out.
        var rest = stackalloc float[2 * GreatestCount];
        for (var i = 0; i < TSimd.Count; i++)
        {
            var isRest = i >= TSimd.Count - (columns % TSimd.Count);
            rest[i] = isRest && columns >= TSimd.Count ? vector[columns - TSimd.Count + i] : 0;
            rest[GreatestCount + i] = isRest ? BitConverter.UInt32BitsToSingle(uint.MaxValue) : 0;
        }

        var lastOfVector = TSimd.Load(rest);
        var mask = TSimd.Load(rest + GreatestCount);
        for (; rows > 0; rows--)
        {
            TVector a = TSimd.Create(0f), b = a, c = a, d = a;
            nint i = 0;
            for (; i <= columns - (4 * TSimd.Count); i += 4 * TSimd.Count)
            {
                a = TSimd.MultiplyAdd(TSimd.Load(matrix + i), TSimd.Load(vector + i), a);
                b = TSimd.MultiplyAdd(TSimd.Load(matrix + i + TSimd.Count), TSimd.Load(vector + i + TSimd.Count), b);
                c = TSimd.MultiplyAdd(TSimd.Load(matrix + i + (2 * TSimd.Count)), TSimd.Load(vector + i + (2 * TSimd.Count)), c);
                d = TSimd.MultiplyAdd(TSimd.Load(matrix + i + (3 * TSimd.Count)), TSimd.Load(vector + i + (3 * TSimd.Count)), d);
            }

            for (; i <= columns - TSimd.Count; i += TSimd.Count) a = TSimd.MultiplyAdd(TSimd.Load(matrix + i), TSimd.Load(vector + i), a);
            if (i < columns && columns >= TSimd.Count)
                b = TSimd.MultiplyAdd(TSimd.And(TSimd.Load(matrix + columns - TSimd.Count), mask), lastOfVector, b);

            var sum = TSimd.Sum(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)));
            if (columns < TSimd.Count)
                for (i = 0; i < columns; i++) sum += matrix[i] * vector[i];
            *result = accumulate ? *result + sum : sum;
            matrix += rowStep;
            result++;
        }
    }
}
