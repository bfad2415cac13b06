using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>Where money and letters go is never changed by somebody who merely filed an application in a person's name.</summary>
public sealed class ContactTests
{
    private const string Known = "6228480000000000017";

    [Theory]
    [InlineData("citizen", false)]
    [InlineData("clerk", true)]
    public async Task The_account_of_a_known_person_changes_at_the_counter_and_not_by_an_application_online(string who, bool changes)
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var form = Applications.CoupleWithChild();
        form["applicant"]!["bankAccount"] = "6228480000000000999";
        var number = form["applicant"]!["idNumber"]!.GetValue<string>();
        await host.StepAsync((services, _) =>
        {
            services.GetRequiredWork().Set<Person>().Add(new Person
            {
                Name = form["applicant"]!["name"]!.GetValue<string>(),
                IdNumber = number,
                BankAccount = Known,
                Phone = "13800000001",
            });
            return Task.FromResult(true);
        });
        var actor = await host.ActorAsync(host.Bureau[who]);
        var request = Applications.Request(form) with { Channel = changes ? "counter" : "online" };
        await host.Get<IIntakeService>().SubmitAsync(actor, request, DibaoHost.Stop);

        var person = await host.ReadAsync(w => w.Set<Person>().SingleAsync(p => p.BankAccount != null, DibaoHost.Stop));
        Assert.Equal(changes ? "6228480000000000999" : Known, person.BankAccount);
    }
}
