using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Documents;

/// <summary>
/// Takes a <c>templates/</c> folder into the database. A text that is there already is left alone; a new one becomes the next
/// version of its key: published at once only into an empty or a demo database, else submitted for a second person.
/// </summary>
public static class TemplateImport
{
    /// <summary>First day of use of templates that came with the system.</summary>
    private static readonly DateOnly Shipped = new(2021, 7, 1);

    /// <summary>Imports; the caller's step commits.</summary>
    /// <returns>How many versions were added.</returns>
    public static async Task<int> ImportAsync(IUnitOfWork work, string folder, DateOnly today, CancellationToken cancellationToken)
    {
        var stored = await work.Set<DocumentTemplate>().ToListAsync(cancellationToken);
        var empty = stored.Count == 0;
        var publish = empty || await work.Set<ClockSetting>().AnyAsync(setting => setting.IsDemo, cancellationToken);
        var added = 0;
        foreach (var file in TemplateFolder.Read(folder))
        {
            var versions = stored.Where(t => t.Key == file.Key).ToList();
            if (versions.Exists(t => t.Text == file.Text && t.ModelJson == file.ModelJson))
            {
                continue;
            }

            work.Set<DocumentTemplate>().Add(new DocumentTemplate
            {
                Key = file.Key,
                Version = versions.Count == 0 ? 1 : versions.Max(t => t.Version) + 1,
                Title = file.Title,
                NumberKind = file.NumberKind,
                Text = file.Text,
                ModelJson = file.ModelJson,
                ValidFrom = empty ? Shipped : today,
                State = publish ? PublicationState.Published : PublicationState.Submitted,
            });
            added++;
        }

        await work.SaveChangesAsync(cancellationToken);
        return added;
    }
}
