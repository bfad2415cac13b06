using System.Globalization;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Tests.Support;

/// <summary>Rows that tests begin with.</summary>
internal static class Given
{
    private static int count;

    public static OrganisationUnit Township(string code = "220502004") => new()
    {
        Code = code,
        Name = "团结街道办事处",
        ShortName = "团结街道",
        BodyCode = "团结",
        Level = OrganisationLevel.Township,
    };

    public static Person Person(string? idNumber = null) => new()
    {
        Name = "张建国",
        IdNumber = idNumber ?? $"2205021960{Interlocked.Increment(ref count).ToString("D8", CultureInfo.InvariantCulture)}",
        BirthDate = new DateOnly(1960, 1, 1),
        Phone = "13800000000",
    };

    public static CaseTypeVersion CaseType(string code = "dibao") => new()
    {
        CaseType = code,
        Number = 1,
        Hash = Guid.NewGuid().ToString("N"),
        State = PublicationState.Published,
    };

    /// <summary>A submitted dibao case with an open application, in a township of its own unless one is given.</summary>
    public static async Task<Case> CaseAsync(TestHost host, OrganisationUnit? township = null, Action<Case>? change = null, string caseType = "dibao") =>
        await host.StepAsync(async (db, _) =>
        {
            var organisation = township ?? Township(Interlocked.Increment(ref count).ToString("D9", CultureInfo.InvariantCulture));
            if (!await db.Set<OrganisationUnit>().AnyAsync(o => o.Id == organisation.Id, TestHost.Stop))
            {
                db.Set<OrganisationUnit>().Add(organisation);
            }

            var type = await db.Set<CaseTypeVersion>().FirstOrDefaultAsync(TestHost.Stop) ?? db.Set<CaseTypeVersion>().Add(CaseType()).Entity;
            var applicant = db.Set<Person>().Add(Person()).Entity;
            var opened = new Case
            {
                Number = $"DB-{organisation.Code}-2026-{Interlocked.Increment(ref count):D6}",
                CaseType = caseType,
                ApplicantId = applicant.Id,
                ApplicantName = applicant.Name,
                OrganisationId = organisation.Id,
                Status = CaseStatus.Open,
                Stage = "Submitted",
                CaseTypeVersionId = type.Id,
                SubmittedAt = new DateTimeOffset(2026, 6, 15, 9, 0, 0, TimeSpan.FromHours(8)),
            };
            change?.Invoke(opened);
            db.Set<Case>().Add(opened);
            db.Set<Procedure>().Add(new Procedure { CaseId = opened.Id, Kind = "application", CaseTypeVersionId = type.Id });
            await db.SaveChangesAsync(TestHost.Stop);
            return opened;
        });

    /// <summary>Cases in one step: each with an applicant who has mail, an open task, and a township with a reserve of 100.</summary>
    public static Task ManyCasesAsync(TestHost host, int cases) => host.StepAsync((db, _) =>
    {
        var type = db.Set<CaseTypeVersion>().Add(CaseType()).Entity;
        for (var i = 0; i < cases; i++)
        {
            var township = db.Set<OrganisationUnit>().Add(Township(Interlocked.Increment(ref count).ToString("D9", CultureInfo.InvariantCulture))).Entity;
            var fund = db.Set<ReserveFund>().Add(new ReserveFund { OrganisationId = township.Id, Balance = Money.FromYuan(100) }).Entity;
            db.Set<ReserveMovement>().Add(new ReserveMovement { ReserveId = fund.Id, Amount = Money.FromYuan(100) });
            var applicant = db.Set<Person>().Add(Person()).Entity;
            applicant.Email = $"p{i}@example.org";
            var opened = db.Set<Case>().Add(new Case
            {
                Number = $"C{i}",
                CaseType = "dibao",
                ApplicantId = applicant.Id,
                OrganisationId = township.Id,
                Status = CaseStatus.Open,
                CaseTypeVersionId = type.Id,
            }).Entity;
            var procedure = db.Set<Procedure>().Add(new Procedure { CaseId = opened.Id, Kind = "application", CaseTypeVersionId = type.Id }).Entity;
            db.Set<WorkTask>().Add(new WorkTask { CaseId = opened.Id, ProcedureId = procedure.Id, CaseTypeVersionId = type.Id, Step = "decide", OrganisationId = township.Id });
        }

        return Task.FromResult(cases);
    });

    /// <summary>An open task of the case's procedure.</summary>
    public static async Task<WorkTask> TaskAsync(TestHost host, Case of, string step = "survey") =>
        await host.StepAsync(async (db, _) =>
        {
            var procedure = await db.Set<Procedure>().SingleAsync(p => p.CaseId == of.Id, TestHost.Stop);
            return db.Set<WorkTask>().Add(new WorkTask
            {
                CaseId = of.Id,
                ProcedureId = procedure.Id,
                CaseTypeVersionId = of.CaseTypeVersionId,
                Step = step,
                Name = "入户调查",
                OrganisationId = of.OrganisationId,
            }).Entity;
        });
}
