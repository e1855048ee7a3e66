using Microsoft.Data.Sqlite;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Business;

/// <summary>A ledger in a database of SQLite. With any other database it is another provider and another connection string.</summary>
sealed class Ledger
{
    private readonly string connection;

    /// <summary>Begins a ledger without an entry.</summary>
    public Ledger(string path)
    {
        // Without a pool nothing holds the file when the program ends.
        connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        using var database = Open();
        using var command = database.CreateCommand();
        command.CommandText = "DROP TABLE IF EXISTS Entries; CREATE TABLE Entries (Id INTEGER PRIMARY KEY, Text TEXT NOT NULL)";
        command.ExecuteNonQuery();
    }

    /// <summary>Adds entries.</summary>
    /// <returns>Their numbers.</returns>
    public IReadOnlyList<long> Add(IEnumerable<string> texts)
    {
        using var database = Open();
        using var transaction = database.BeginTransaction();
        using var command = database.CreateCommand();
        command.CommandText = "INSERT INTO Entries (Text) VALUES ($text) RETURNING Id";
        var parameter = command.Parameters.Add("$text", SqliteType.Text);
        List<long> numbers = [];
        foreach (var text in texts)
        {
            parameter.Value = text;
            numbers.Add((long)command.ExecuteScalar()!);
        }
        transaction.Commit();
        return numbers;
    }

    /// <summary>The entries as rows of ML.NET. They are read from the database whenever a step goes through them.</summary>
    /// <param name="after">Only entries with greater numbers.</param>
    public IDataView Load(MLContext mlContext, long after = 0)
    {
        var source = new DatabaseSource(SqliteFactory.Instance, connection, $"SELECT Id, Text FROM Entries WHERE Id > {after} ORDER BY Id");
        return mlContext.Data.CreateDatabaseLoader<Entry>().Load(source);
    }

    private SqliteConnection Open()
    {
        var database = new SqliteConnection(connection);
        database.Open();
        return database;
    }
}
