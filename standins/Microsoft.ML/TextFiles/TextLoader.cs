using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Says how text files are read.</summary>
public sealed partial class TextLoader
{
    private TextLoader()
    {
    }

    /// <summary>
    /// Loads a file. Slots of vectors get the names of the header only where <paramref name="namesFromHeader"/> says so:
    /// in ML.NET that is where the columns are given by options.
    /// </summary>
    internal static IDataView Load(string path, Options options, bool namesFromHeader = false)
    {
        Fault.CheckNonEmpty(path);
        Fault.CheckArgument(File.Exists(path), nameof(path), $"File or directory does not exist at path: {path}");
        return new TextFileDataView(path, new TextFileFormat(options, namesFromHeader ? path : null));
    }

    /// <summary>The columns of a class whose members say where they are loaded from.</summary>
    internal static Column[] ColumnsOf(Type type)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(flags).Where(p => p.GetGetMethod() is not null && p.GetIndexParameters().Length == 0);
        MemberInfo[] members = [.. type.GetFields(flags), .. properties];
        Fault.CheckArgument(members.Length > 0, "TInput", "Should define at least one public, readable field or property in TInput.");
        return Array.ConvertAll(members, ColumnOf);
    }

    private static Column ColumnOf(MemberInfo member)
    {
        var kind = member is FieldInfo ? "Field" : "Property";
        var source = member.GetCustomAttribute<LoadColumnAttribute>()
                     ?? throw Fault.State($"{kind} '{member.Name}' is missing the LoadColumnAttribute attribute");
        MemberType.IsVector(MemberType.Of(member), out var item);
        return new Column
        {
            Name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name,
            DataKind = PrimitiveTypes.KindOf(item) ?? throw Fault.State($"{kind} {member.Name} is of unsupported type."),
            Source = source.Sources,
            KeyCount = member.GetCustomAttribute<KeyTypeAttribute>()?.KeyCount,
        };
    }
}
