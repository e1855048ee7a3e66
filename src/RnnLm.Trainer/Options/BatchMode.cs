namespace RnnLm;

/// <summary>How a corpus is cut into batches.</summary>
public enum BatchMode
{
    /// <summary>
    /// The corpus is one text: it is cut into parallel streams of equal length, and the recurrent state is carried from window to window.
    /// </summary>
    Streams,

    /// <summary>
    /// Each row is a text of its own: rows are padded to a batch's longest, the padding is masked, and no state crosses rows.
    /// Validation, too, reads each row from the zero state.
    /// </summary>
    Rows,
}
