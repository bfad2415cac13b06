using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Persistence;
using CaseFlow.Server.Demo;
using CaseFlow.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Hosting;

/// <summary>
/// Prepares what an installation needs before it serves: schema, seed, and for a demo its people and years. With
/// <c>--demo false</c> an empty database stays empty but for the seed. A demo is made once, in an empty database only.
/// </summary>
internal sealed class Installation(
    IDatabase database,
    IClockControl clock,
    DemoState demo,
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    IHostEnvironment environment)
{
    /// <summary>Prepares; doing it again changes nothing.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var wantsDemo = configuration.GetValue("demo", environment.IsDevelopment());
        var isNew = wantsDemo && await IsEmptyAsync(scope.ServiceProvider, cancellationToken);
        if (clock.IsDemo && !configuration.GetValue("demo", true) && configuration.GetValue("refuseDemo", true))
        {
            throw new StartRefusedException(
                $"{DataFolder.Of(configuration, environment)} 里是演示数据，不能当作正式系统使用：用 --data 换一个文件夹。"
                + " This folder holds a demo; name another one by --data.");
        }

        if (isNew)
        {
            await clock.MakeDemoAsync(BusinessTime.StartOf(DemoPlan.FirstDay).AddHours(8), cancellationToken);
        }

        if (configuration.GetValue("importSeed", true))
        {
            var validFrom = isNew ? DemoPlan.FirstDay : scope.ServiceProvider.GetRequiredService<IBusinessClock>().Today;
            await scope.ServiceProvider.GetRequiredService<SeedImport>()
                .ImportAsync(SeedFolder.Of(configuration, environment), validFrom, cancellationToken);
        }

        if (isNew && configuration.GetValue("demoData", true))
        {
            await scope.ServiceProvider.GetRequiredService<DemoWorld>().MakeAsync(cancellationToken);
        }

        demo.IsDemo = clock.IsDemo;
    }

    private static async Task<bool> IsEmptyAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        !await services.GetRequiredService<IUnitOfWork>().Set<Account>().AnyAsync(cancellationToken);
}
