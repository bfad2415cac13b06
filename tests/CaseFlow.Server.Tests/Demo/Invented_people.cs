using CaseFlow.Cases.People;
using CaseFlow.Server.Demo;

namespace CaseFlow.Server.Tests.Demo;

public sealed class Invented_people
{
    /// <summary>The demo is run through the services, which take no other fields than those of real people; but nobody has these numbers.</summary>
    [Fact]
    public void Their_names_and_numbers_are_taken_by_the_forms_and_belong_to_nobody()
    {
        var people = new DemoPeople(1);
        for (var i = 0; i < 200; i++)
        {
            var person = people.Make(1950 + (i % 60), i % 2 == 0 ? Gender.Female : Gender.Male);
            var phone = people.Phone();
            Assert.True(FormVocabulary.IsName(person.Name), person.Name);
            Assert.True(FormVocabulary.IsPhone(phone), phone);
            Assert.StartsWith("04350", phone, StringComparison.Ordinal);
            Assert.True(ResidentIdNumber.TryParse(person.IdNumber, out _, out var wrong), wrong);
        }
    }
}
