namespace RnnLm.Numerics;

/// <summary>A product of a matrix and a vector, divided among threads by rows.</summary>
internal unsafe struct VectorProduct
{
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

    /// <summary>Computes one part of the product that <paramref name="state"/> points to.</summary>
    public static void ComputePart<TSimd, TVector>(void* state, int part)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        var product = (VectorProduct*)state;
        var first = (int)((long)product->Rows * part / product->Parts);
        var end = (int)((long)product->Rows * (part + 1) / product->Parts);
        VectorLoops<TSimd, TVector>.MultiplyVector(
            product->Matrix + (first * product->RowStep), product->RowStep, end - first, product->Vector, product->Columns, product->Result + first, product->Accumulate);
    }
}
