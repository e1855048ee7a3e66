namespace RnnLm.Reasons;

/// <summary>
/// A colour behind a word, and black or white on it, whichever is seen better: the contrast of the better one, as WCAG 2 has it, is never below √21 = 4.58.
/// Blue and orange are told apart by people who do not tell red from green.
/// </summary>
/// <param name="Red">The share of red: 0 to 255.</param>
/// <param name="Green">The share of green.</param>
/// <param name="Blue">The share of blue.</param>
internal readonly record struct InfluenceColor(byte Red, byte Green, byte Blue)
{
    // Of a terminal's 256 colours those from 16 on are a cube of six steps a side.
    private const int FirstOfCube = 16;
    private const int StepsOfCube = 6;

    private static readonly InfluenceColor Raising = new(0x0B, 0x5F, 0xA5);
    private static readonly InfluenceColor Lowering = new(0xB3, 0x59, 0x00);

    /// <summary>Whether black is seen better on it than white.</summary>
    public bool TakesBlack => (Luminance + 0.05) * (Luminance + 0.05) >= 1.05 * 0.05;

    /// <summary>As it is written in HTML: <c>#0b5fa5</c>.</summary>
    public string Html => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>The relative luminance: 0 of black to 1 of white (WCAG 2).</summary>
    public double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    /// <summary>The nearest of a terminal's 256 colours.</summary>
    public int Terminal => FirstOfCube + (((StepOf(Red) * StepsOfCube) + StepOf(Green)) * StepsOfCube) + StepOf(Blue);

    /// <summary>The colour that <see cref="Terminal"/> shows.</summary>
    public InfluenceColor ShownByTerminal() => new(LevelOf(StepOf(Red)), LevelOf(StepOf(Green)), LevelOf(StepOf(Blue)));

    /// <summary>The colour of an influence: white of none, full blue or orange of the greatest.</summary>
    /// <param name="nats">The influence.</param>
    /// <param name="greatest">The greatest magnitude of all.</param>
    public static InfluenceColor Of(double nats, double greatest)
    {
        var share = greatest > 0 ? Math.Abs(nats) / greatest : 0;
        var full = nats < 0 ? Lowering : Raising;
        return new InfluenceColor(Mixed(full.Red), Mixed(full.Green), Mixed(full.Blue));

        byte Mixed(byte value) => (byte)Math.Round(255 + (share * (value - 255)));
    }

    private static double Linear(byte value) => value <= 10 ? value / 255.0 / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);

    private static int StepOf(byte value) => Enumerable.Range(0, StepsOfCube).MinBy(step => Math.Abs(LevelOf(step) - value));

    private static byte LevelOf(int step) => (byte)(step == 0 ? 0 : 55 + (40 * step));
}
