namespace Business;

/// <summary>An entry of the ledger, as the database has it.</summary>
sealed class Entry
{
    public long Id { get; set; }

    public string Text { get; set; } = "";
}
