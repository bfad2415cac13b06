namespace CaseFlow.Documents.Tests;

public sealed class Printed_text
{
    [Fact]
    public void The_text_layer_names_the_characters_and_not_their_look_alike_radicals()
    {
        using var pdf = Printing.Open(Printing.Sample("confirmation"), "confirmation");

        var text = Printing.TextOf(pdf);

        Assert.Contains("民政、文化、生活、月份各项以本通知为准", text);
        Assert.DoesNotContain(text, c => c is >= '\u2E80' and <= '\u2FDF');
    }

    [Fact]
    public void Rare_characters_of_names_are_printed()
    {
        using var pdf = Printing.Open(Printing.Sample("long"), "long");

        var text = Printing.TextOf(pdf);

        Assert.Contains("㙦、堃、龘、𬭎", text);
    }
}
