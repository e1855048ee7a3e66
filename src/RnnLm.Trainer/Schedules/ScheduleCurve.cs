namespace RnnLm;

/// <summary>How a schedule goes from one value to another.</summary>
public enum ScheduleCurve
{
    /// <summary>Along half a period of a cosine: slowly at both ends.</summary>
    Cosine,

    /// <summary>In a straight line.</summary>
    Linear,
}
