using System.Buffers.Binary;
using System.Text;
using RnnLm.Faults;

namespace RnnLm.PyTorch.Pickles;

/// <summary>
/// Reads what <c>torch.save</c> pickles of dictionaries, lists, numbers, text and tensors. A pickle is a program for a machine with a
/// stack; of its instructions those are followed that make such values, and the few functions of PyTorch's that it may name are not called but
/// known here. Whatever else it names is refused: nothing in a file is run.
/// </summary>
/// <remarks>Python's own description of the instructions is its module <c>pickletools</c>.</remarks>
internal ref struct PickleReader
{
    private const string OrderedDictionary = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const int GreatestProtocol = 5;

    // A tensor takes about forty. Each instruction makes little at most, so that this bounds time, memory and nesting alike.
    private const int MostInstructions = 500_000;

    // Names of tensors are far shorter. One text may be the key again and again, and each time it is gone through.
    private const int GreatestKey = 4096;

    private static readonly Dictionary<string, string> StorageTypes = new(StringComparer.Ordinal)
    {
        ["torch.FloatStorage"] = "F32",
        ["torch.DoubleStorage"] = "F64",
        ["torch.HalfStorage"] = "F16",
        ["torch.BFloat16Storage"] = "BF16",
        ["torch.LongStorage"] = "I64",
        ["torch.IntStorage"] = "I32",
        ["torch.ShortStorage"] = "I16",
        ["torch.CharStorage"] = "I8",
        ["torch.ByteStorage"] = "U8",
        ["torch.BoolStorage"] = "BOOL",
    };

    private readonly ReadOnlySpan<byte> pickle;
    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<long, object?> memo = [];
    private int place;

    private PickleReader(ReadOnlySpan<byte> pickle) => this.pickle = pickle;

    /// <summary>Reads a pickle.</summary>
    /// <returns>
    /// A <see cref="Dictionary{TKey, TValue}"/> of <see cref="object"/>, a list, an array (a tuple), a <see cref="PickledTensor"/>, a
    /// <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, or null.
    /// </returns>
    /// <exception cref="ModelFormatException">It is damaged, or holds something else.</exception>
    public static object? Read(ReadOnlySpan<byte> pickle) => new PickleReader(pickle).Run();

    private object? Run()
    {
        for (var count = 0; count < MostInstructions; count++)
        {
            var at = place;
            var instruction = (char)Next();
            switch (instruction)
            {
                case '.':
                    return Pop();
                case '\x80':
                    if (Next() > GreatestProtocol) throw Unknown(instruction, at);
                    break;
                case '(':
                    marks.Push(stack.Count);
                    break;
                case 'c':
                    Push(new Name(Named($"{Line()}.{Line()}")));
                    break;
                case 'R':
                    Reduce();
                    break;
                case 'b':
                    // What is set here are attributes of a dictionary, such as the versions of modules, and not its entries.
                    if (Pop() is null || Peek() is not Dictionary<object, object?>) throw Damaged();
                    break;
                case 'Q':
                    Push(Storage(Pop()));
                    break;
                case 'N':
                    Push(null);
                    break;
                case '\x88' or '\x89':
                    Push(instruction == '\x88');
                    break;
                case 'K':
                    Push((long)Next());
                    break;
                case 'M':
                    Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort))));
                    break;
                case 'J':
                    Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int))));
                    break;
                case '\x8a':
                    Push(Long(Take(Next())));
                    break;
                case 'G':
                    Push(BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double))));
                    break;
                case 'X':
                    Push(Text(Take(Count())));
                    break;
                case '\x8c':
                    Push(Text(Take(Next())));
                    break;
                case '}':
                    Push(new Dictionary<object, object?>(PickleKeys.Comparer));
                    break;
                case ']':
                    Push(new List<object?>());
                    break;
                case ')':
                    Push(Array.Empty<object?>());
                    break;
                case 't':
                    Push(PopToMark());
                    break;
                case >= '\x85' and <= '\x87':
                    Push(PopMany(instruction - '\x84'));
                    break;
                case 'a':
                    AddTo(PopMany(1));
                    break;
                case 'e':
                    AddTo(PopToMark());
                    break;
                case 's':
                    SetIn(PopMany(2));
                    break;
                case 'u':
                    SetIn(PopToMark());
                    break;
                case 'q':
                    memo[Next()] = Peek();
                    break;
                case 'r':
                    memo[Count()] = Peek();
                    break;
                case '\x94':
                    memo[memo.Count] = Peek();
                    break;
                case 'h':
                    Push(Recall(Next()));
                    break;
                case 'j':
                    Push(Recall(Count()));
                    break;
                case '\x95':
                    Take(sizeof(ulong));
                    break;
                case '\x93':
                    Push(new Name(Named(PopMany(2) is [string module, string name] ? $"{module}.{name}" : throw Damaged())));
                    break;
                default:
                    throw Unknown(instruction, at);
            }
        }
        throw new ModelFormatException(
            FormattableString.Invariant($"The pickle has more than {MostInstructions:N0} instructions, many times what a state_dict needs. ")
            + "Save the tensors alone, as in torch.save(model.state_dict(), \"weights.pt\").");
    }

    private void Reduce()
    {
        if (PopMany(2) is not [Name(var function), object?[] arguments]) throw Damaged();
        Push((function, arguments) switch
        {
            (OrderedDictionary, []) => new Dictionary<object, object?>(PickleKeys.Comparer),
            // Of what follows, whether it is learned and what hooks it has is of no account.
            (RebuildTensor, [PickledStorage storage, long offset, object?[] sizes, object?[] strides, ..])
                => PickledTensor.Create(storage, offset, Numbers(sizes), Numbers(strides)),
            (RebuildParameter, [PickledTensor tensor, ..]) => tensor,
            _ => throw new ModelFormatException($"{Quotation.Of(function)} is called in the pickle with arguments that are not known."),
        });
    }

    private static PickledStorage Storage(object? id) => id is object?[] and ["storage", Name(var type), string key, string, long and >= 0 and var count]
        && StorageTypes.TryGetValue(type, out var known)
            ? new PickledStorage(known, key, count)
            : throw Damaged();

    private static string Named(string name) => name is OrderedDictionary or RebuildTensor or RebuildParameter || StorageTypes.ContainsKey(name)
        ? name
        : throw new ModelFormatException(
            $"The file names {Quotation.Of(name)}, which is Python's to make; only tensors are read, and no code is run. "
            + "Save the tensors alone, as in torch.save(model.state_dict(), \"weights.pt\").");

    private static long[] Numbers(object?[] tuple) => [.. tuple.Select(item => item is long number ? number : throw Damaged())];

    private void AddTo(object?[] items)
    {
        if (Peek() is not List<object?> list) throw Damaged();
        list.AddRange(items);
    }

    private void SetIn(object?[] items)
    {
        if (Peek() is not Dictionary<object, object?> dictionary || items.Length % 2 != 0) throw Damaged();
        for (var i = 0; i < items.Length; i += 2)
        {
            if (items[i] is not (string or long)) throw new ModelFormatException("The pickle has a dictionary whose keys are neither text nor whole numbers.");
            if (items[i] is string { Length: > GreatestKey } key)
                throw new ModelFormatException($"The pickle has a dictionary with a key of {key.Length} characters, {Quotation.Of(key)}; {GreatestKey} are the most.");
            dictionary[items[i]!] = items[i + 1];
        }
    }

    private readonly void Push(object? value) => stack.Add(value);

    private object? Pop() => PopMany(1)[0];

    private readonly object? Peek() => stack.Count > Floor ? stack[^1] : throw Damaged();

    /// <summary>What lies below the last mark is not for instructions that do not ask for a mark.</summary>
    private readonly int Floor => marks.TryPeek(out var mark) ? mark : 0;

    private readonly object?[] PopMany(int count)
    {
        if (stack.Count - count < Floor) throw Damaged();
        object?[] items = [.. stack[^count..]];
        stack.RemoveRange(stack.Count - count, count);
        return items;
    }

    private readonly object?[] PopToMark()
    {
        if (!marks.TryPop(out var mark)) throw Damaged();
        object?[] items = [.. stack[mark..]];
        stack.RemoveRange(mark, items.Length);
        return items;
    }

    private readonly object? Recall(long key) => memo.TryGetValue(key, out var value) ? value : throw Damaged();

    private byte Next() => Take(1)[0];

    /// <summary>A length, or a key of the memo, of four bytes.</summary>
    private long Count() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > pickle.Length - place) throw new ModelFormatException("The pickle is cut short.");
        var bytes = pickle.Slice(place, (int)count);
        place += (int)count;
        return bytes;
    }

    private string Line()
    {
        var length = pickle[place..].IndexOf((byte)'\n');
        if (length < 0) throw Damaged();
        var text = Text(Take(length));
        place++;
        return text;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long)) throw new ModelFormatException("The pickle has a whole number of more than 64 bits.");
        var value = 0L;
        for (var i = 0; i < bytes.Length; i++) value |= (long)bytes[i] << (8 * i);
        var unused = 64 - (8 * bytes.Length);
        return unused is 0 or 64 ? value : value << unused >> unused;
    }

    private static ModelFormatException Damaged() => new("The pickle is damaged: an instruction finds other values than it needs.");

    private static ModelFormatException Unknown(char instruction, int at)
        => new($"The pickle has the instruction 0x{(int)instruction:X2} at byte {at}, which is not among those that torch.save writes for tensors.");

    /// <summary>The name of something of Python's.</summary>
    private sealed record Name(string Value);
}
