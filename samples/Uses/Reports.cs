namespace Uses;

/// <summary>
/// Makes sentences of reports with people, places and dates in them, and what each word is. Some words are a name in one sentence and a place or a month in another: what stands
/// around them tells.
/// </summary>
sealed class Reports(int seed)
{
    private static readonly string[] Given =
        ["Anna", "Boris", "Chloe", "David", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kim", "Lena", "Marco", "Nadia", "Oscar", "Petra", "Florence", "Paris", "May", "April",
            "June", "Jordan", "Victoria", "Georgia", "August", "Sofia"];
    private static readonly string[] Family =
        ["Meyer", "Rossi", "Novak", "Dupont", "Kaya", "Silva", "Larsen", "Haddad", "Fischer", "Moreau", "Costa", "Berg", "London", "Lincoln", "Washington", "March", "Hamilton", "Berlin"];
    private static readonly string[] Places =
        ["Vienna", "Lisbon", "Oslo", "Porto", "Ghent", "Turin", "Krakow", "Lyon", "Bergen", "Seville", "Florence", "Paris", "Jordan", "Victoria", "Georgia", "Lincoln", "Washington",
            "Hamilton", "London", "Berlin", "Sofia"];
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"];
    private static readonly string[] Verbs = ["visited", "left", "described", "praised", "photographed", "reached"];
    private static readonly string[] Acts = ["signed the contract", "opened the shop", "gave the talk", "won the race", "sold the house", "joined the board"];
    private static readonly string[] Goods = ["chairs", "tickets", "bricks", "books", "bottles", "trees"];

    private readonly Random random = new(seed);

    /// <summary>Makes a sentence.</summary>
    public IReadOnlyList<ReportWord> Next()
    {
        var words = new List<ReportWord>();
        switch (random.Next(13))
        {
            case 0: Add("{name} {verb} {place} {when} ."); break;
            case 1: Add("{when} {name} {act} in {place} ."); break;
            case 2: Add("The mayor of {place} thanked {name} ."); break;
            case 3: Add("{name} and {name} {act} {when} ."); break;
            case 4: Add("The road from {place} to {place} was closed {when} ."); break;
            case 5: Add("{name} bought {count} {goods} in {place} ."); break;
            case 6: Add("The factory near {place} made {count} {goods} {when} ."); break;
            case 7: Add("{name} was born in {place} {when} ."); break;
            // What a word is follows here from the word alone, where it does at all.
            case 8: Add("The book about {name} was printed {when} ."); break;
            case 9: Add("The book about {place} was printed {when} ."); break;
            case 10: Add("Everybody likes {name} ."); break;
            case 11: Add("Everybody likes {place} ."); break;
            default: Add("They sent {count} {goods} to {name} {when} ."); break;
        }
        return words;

        void Add(string pattern)
        {
            foreach (var part in pattern.Split(' '))
            {
                switch (part)
                {
                    case "{name}": Are("Name", random.Next(3) == 0 ? Of(Given) : $"{Of(Given)} {Of(Family)}"); break;
                    case "{place}": Are("Place", Of(Places)); break;
                    case "{when}": When(); break;
                    case "{verb}": Are("Other", Of(Verbs)); break;
                    case "{act}": Are("Other", Of(Acts)); break;
                    case "{goods}": Are("Other", Of(Goods)); break;
                    case "{count}": Are("Other", $"{random.Next(1, 60) * (random.Next(2) == 0 ? 1 : 35)}"); break;
                    default: Are("Other", part); break;
                }
            }
        }

        void When()
        {
            switch (random.Next(4))
            {
                case 0: Are("Other", "on"); Are("Date", $"{random.Next(1, 29)} {Of(Months)}"); break;
                case 1: Are("Other", "in"); Are("Date", $"{Of(Months)} {random.Next(1985, 2026)}"); break;
                case 2: Are("Other", "in"); Are("Date", $"{random.Next(1985, 2026)}"); break;
                default: Are("Other", "in"); Are("Date", Of(Months)); break;
            }
        }

        void Are(string kind, string text)
        {
            foreach (var word in text.Split(' ')) words.Add(new ReportWord(word, kind));
        }
    }

    private string Of(string[] choices) => choices[random.Next(choices.Length)];
}

/// <summary>A word of a report, and what it is: <c>Name</c>, <c>Place</c>, <c>Date</c> or <c>Other</c>.</summary>
sealed record ReportWord(string Text, string Kind);
