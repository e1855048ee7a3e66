using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public static class TextLoaderSaverCatalog
{
    public static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog,
        string path,
        TextLoader.Column[] columns,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false)
        => TextLoader.Load(path, CreateOptions(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options options = null)
        => TextLoader.Load(path, options ?? new TextLoader.Options(), namesFromHeader: true);

    public static IDataView LoadFromTextFile<TInput>(
        this DataOperationsCatalog catalog,
        string path,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false)
        => TextLoader.Load(path,
            CreateOptions(TextLoader.ColumnsOf(typeof(TInput)), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    public static IDataView LoadFromTextFile<TInput>(this DataOperationsCatalog catalog, string path, TextLoader.Options options)
    {
        options ??= new TextLoader.Options();
        // As in ML.NET, the columns of the class are written into the caller's options.
        options.Columns = TextLoader.ColumnsOf(typeof(TInput));
        return TextLoader.Load(path, options);
    }

    private static TextLoader.Options CreateOptions(
        TextLoader.Column[] columns,
        char separator,
        bool hasHeader,
        bool allowQuoting,
        bool trimWhitespace,
        bool allowSparse)
    {
        if (allowSparse)
            throw Fault.NotSupported("The stand-in for Microsoft.ML does not read the sparse format.");
        return new TextLoader.Options
        {
            Columns = columns,
            Separators = [separator],
            HasHeader = hasHeader,
            AllowQuoting = allowQuoting,
            TrimWhitespace = trimWhitespace,
        };
    }
}
