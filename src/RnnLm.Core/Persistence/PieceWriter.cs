namespace RnnLm.Persistence;

/// <summary>Takes a piece of a file that is written.</summary>
internal delegate void PieceWriter(ReadOnlySpan<byte> piece);
