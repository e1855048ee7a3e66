using System.Globalization;

namespace RnnLm.Text;

/// <summary>
/// What the Unicode Character Database says of composition and of lower case. It is part of this library, since the class library's answers
/// are those of whichever ICU it finds, and in invariant globalization mode it leaves text as it is: the same text has to give the
/// same words everywhere.
/// </summary>
internal sealed class CharacterData
{
    /// <summary>Of <see cref="CompositionOf"/>: the character is never in composed text.</summary>
    public const ushort NeverComposed = 0x100;

    /// <summary>Of <see cref="CompositionOf"/>: the character may be one with a character before it.</summary>
    public const ushort MayJoin = 0x200;

    private const string ResourceName = "RnnLm.UnicodeData.txt";

    private readonly CodePointTable<ushort> composition = new();
    private readonly CodePointTable<int> lowerCase = new();
    private readonly Dictionary<int, int[]> decompositions = [];
    private readonly Dictionary<(int First, int Second), int> composites = [];

    private CharacterData(TextReader lines)
    {
        Action<string> read = _ => { };
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] != '@') read(line);
            else read = ReaderOf(line);
        }
        for (var jamo = Hangul.FirstVowel; jamo <= Hangul.LastVowel; jamo++) composition.At(jamo) |= MayJoin;
        for (var jamo = Hangul.FirstTrailing; jamo <= Hangul.LastTrailing; jamo++) composition.At(jamo) |= MayJoin;
    }

    /// <summary>The data, read when they are first asked for.</summary>
    public static CharacterData Instance { get; } = Load();

    /// <summary>
    /// What composition has to know of a character: its canonical combining class, with <see cref="NeverComposed"/> and <see cref="MayJoin"/>.
    /// Text of nothing but characters that have 0 is composed.
    /// </summary>
    public ushort CompositionOf(int codePoint) => composition[codePoint];

    /// <summary>The lower case of a character, one code point for one; itself where it has none.</summary>
    public int LowerCaseOf(int codePoint) => lowerCase[codePoint] is var lower and not 0 ? lower : codePoint;

    /// <summary>The character that two characters are together, or -1.</summary>
    public int Compose(int first, int second) => composites.TryGetValue((first, second), out var composite) ? composite : Hangul.Compose(first, second);

    /// <summary>The parts of a character, which may have parts themselves; none where it is whole.</summary>
    public ReadOnlySpan<int> Decompose(int codePoint) => decompositions.GetValueOrDefault(codePoint);

    private static CharacterData Load()
    {
        using var stream = typeof(CharacterData).Assembly.GetManifestResourceStream(ResourceName)!;
        using var reader = new StreamReader(stream);
        return new CharacterData(reader);
    }

    private Action<string> ReaderOf(string section) => section switch
    {
        "@combining" => ReadClass,
        "@composites" => line => ReadDecomposition(line, isUndone: true),
        "@decompositions" => line => ReadDecomposition(line, isUndone: false),
        "@lower" => ReadLowerCase,
        _ => throw new InvalidDataException($"{ResourceName} has an unknown section {section}."),
    };

    /// <summary><c>FIRST-LAST CLASS</c></summary>
    private void ReadClass(string line)
    {
        var (dash, space) = (line.IndexOf('-'), line.IndexOf(' '));
        var last = Hex(line.AsSpan((dash + 1)..space));
        for (var codePoint = Hex(line.AsSpan(..dash)); codePoint <= last; codePoint++)
            composition.At(codePoint) |= ushort.Parse(line.AsSpan(space + 1), CultureInfo.InvariantCulture);
    }

    /// <summary><c>CHARACTER=PART+PART</c></summary>
    private void ReadDecomposition(string line, bool isUndone)
    {
        var equals = line.IndexOf('=');
        var codePoint = Hex(line.AsSpan(..equals));
        int[] parts = [.. line[(equals + 1)..].Split('+').Select(part => Hex(part))];
        decompositions.Add(codePoint, parts);
        if (isUndone)
        {
            composites.Add((parts[0], parts[1]), codePoint);
            composition.At(parts[1]) |= MayJoin;
        }
        else
        {
            composition.At(codePoint) |= NeverComposed;
        }
    }

    /// <summary><c>FIRST-LAST/STEP DISTANCE</c></summary>
    private void ReadLowerCase(string line)
    {
        var (dash, slash, space) = (line.IndexOf('-'), line.IndexOf('/'), line.IndexOf(' '));
        var last = Hex(line.AsSpan((dash + 1)..slash));
        var step = int.Parse(line.AsSpan(slash + 1, space - slash - 1), CultureInfo.InvariantCulture);
        var distance = int.Parse(line.AsSpan(space + 1), CultureInfo.InvariantCulture);
        for (var codePoint = Hex(line.AsSpan(..dash)); codePoint <= last; codePoint += step) lowerCase.At(codePoint) = codePoint + distance;
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
