namespace Business;

/// <summary>Makes up entries of a ledger, and entries that somebody got wrong.</summary>
sealed class Bookkeeper(int seed)
{
    private static readonly string[] Suppliers = ["Meyer", "Novak", "Larsen", "Dupont", "Haddad", "Rossi", "Fischer", "Costa"];
    private static readonly string[] Goods = ["office paper", "printer ink", "packing tape", "pallets", "cleaning supplies", "spare parts", "fuel", "safety gloves"];
    private static readonly string[] Places = ["warehouse", "office", "workshop", "shop"];
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August"];

    private readonly Random random = new(seed);

    /// <summary>An entry as it should be.</summary>
    /// <param name="supplier">Whom it is about; null means one of the usual ones.</param>
    public string Next(string? supplier = null) => (supplier is null ? random.Next(5) : 0) switch
    {
        0 => $"Invoice from {supplier ?? Of(Suppliers)} for {Of(Goods)} delivered to the {Of(Places)} .",
        1 => $"Monthly rent for the {Of(Places)} , {Of(Months)} .",
        2 => $"Payment to {Of(Suppliers)} by bank transfer .",
        3 => $"Credit note from {Of(Suppliers)} for returned {Of(Goods)} .",
        _ => $"Electricity for the {Of(Places)} in {Of(Months)} , estimated .",
    };

    /// <summary>An entry with a mistake: two words in each other's place.</summary>
    public string Mistake()
    {
        while (true)
        {
            var words = Next().Split(' ');
            var place = random.Next(1, words.Length - 3);
            if (words[place] == words[place + 1]) continue;
            (words[place], words[place + 1]) = (words[place + 1], words[place]);
            return string.Join(' ', words);
        }
    }

    private string Of(string[] choices) => choices[random.Next(choices.Length)];
}
