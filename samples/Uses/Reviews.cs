namespace Uses;

/// <summary>
/// Makes short reviews of products and services, with what they come to: whether whoever wrote them was content. The verdict follows from how a review is made, and not from single
/// words: praise is denied, complaints are denied, and of two clauses joined by <c>but</c> the second counts.
/// </summary>
sealed class Reviews(int seed)
{
    private static readonly string[] Things = ["blender", "hotel", "jacket", "phone", "restaurant", "train ride", "headset", "museum", "course", "tent", "coffee machine", "hairdresser"];
    private static readonly string[] Aspects = ["quality", "price", "service", "delivery", "sound", "design", "staff", "manual", "screen", "food", "view", "battery", "fit", "support", "packaging"];
    private static readonly string[] Months = ["January", "March", "May", "July", "September", "November"];
    private static readonly string[] Praise =
        ["good", "excellent", "superb", "pleasant", "reliable", "friendly", "solid", "delightful", "impressive", "flawless", "generous", "brilliant", "fair", "comfortable"];
    private static readonly string[] Blame =
        ["bad", "poor", "awful", "noisy", "flimsy", "rude", "disappointing", "useless", "clumsy", "dreadful", "overpriced", "slow", "broken", "confusing"];
    private static readonly string[] Degrees = ["", "really ", "very ", "quite ", "rather ", "simply ", "surprisingly "];

    private readonly Random random = new(seed);
    private readonly HashSet<string> made = [];

    /// <summary>Makes a review that this generator has not made yet.</summary>
    public Review Next()
    {
        while (true)
        {
            var isContent = random.Next(2) == 0;
            var text = string.Concat(Opening(), Verdict(isContent), random.Next(3) == 0 ? Advice(isContent) : "").TrimEnd();
            if (made.Add(text)) return new Review { Text = text, IsContent = isContent };
        }
    }

    private string Opening() => random.Next(5) switch
    {
        0 => $"We got the {Of(Things)} in {Of(Months)} . ",
        1 => $"A friend told me about this {Of(Things)} . ",
        2 => $"This was my second {Of(Things)} . ",
        _ => "",
    };

    /// <summary>A sentence that comes to praise or to blame.</summary>
    private string Verdict(bool isContent)
    {
        var aspect = Of(Aspects);
        return random.Next(8) switch
        {
            0 => $"The {aspect} was {Clause(isContent)} . ",
            1 => $"The {aspect} was {Clause(!isContent)} , but the {Of(Aspects)} was {Clause(isContent)} . ",
            2 => $"Although the {aspect} was {Clause(!isContent)} , the {Of(Aspects)} was {Clause(isContent)} . ",
            3 => $"The {aspect} was {Clause(isContent)} , even if the {Of(Aspects)} was {Clause(!isContent)} . ",
            4 => $"I expected the {aspect} to be {Word(!isContent)} , and it was {Clause(isContent)} . ",
            5 => $"Nobody can say that the {aspect} was {Word(!isContent)} . ",
            6 => $"The {aspect} was {Clause(isContent)} and the {Of(Aspects)} was {Clause(isContent)} . ",
            _ => $"What others call {Word(!isContent)} I found {Clause(isContent)} . ",
        };
    }

    /// <summary>What comes to praise or blame: said, or its opposite denied.</summary>
    private string Clause(bool isContent) => random.Next(6) switch
    {
        0 => $"not {Word(!isContent)} at all",
        1 => $"anything but {Word(!isContent)}",
        2 => $"far from {Word(!isContent)}",
        _ => $"{Of(Degrees)}{Word(isContent)}",
    };

    private string Advice(bool isContent) => random.Next(4) switch
    {
        0 => isContent ? "I would buy it again . " : "I would not buy it again . ",
        1 => isContent ? "I have no reason to complain . " : "I have every reason to complain . ",
        2 => isContent ? "Do not miss it . " : "You can safely miss it . ",
        _ => isContent ? "I cannot but recommend it . " : "I cannot recommend it . ",
    };

    private string Word(bool isContent) => Of(isContent ? Praise : Blame);

    private string Of(string[] choices) => choices[random.Next(choices.Length)];
}

/// <summary>A review, and whether whoever wrote it was content.</summary>
sealed class Review
{
    public string Text { get; set; } = "";

    public bool IsContent { get; set; }
}
