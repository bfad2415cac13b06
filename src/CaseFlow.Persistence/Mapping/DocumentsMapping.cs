using CaseFlow.Cases.Documents;
using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class DocumentsMapping
{
    public static void Apply(ModelBuilder model, FieldCipher cipher)
    {
        model.Entity<IssuedDocument>(e =>
        {
            e.ToTable("Documents");
            e.OfCase(d => d.CaseId);
            e.HasIndex(d => d.ProcedureId);
            e.Property(d => d.OfficialNumber).HasMaxLength(100);
            e.HasIndex(d => d.OfficialNumber).IsUnique();
            e.HasIndex(d => new { d.BodyCode, d.NumberKind, d.NumberYear, d.Number }).IsUnique();
            e.HasIndex(d => d.CheckCode).IsUnique().HasFilter("\"CheckCode\" <> ''");
            e.HasIndex(d => d.IssuedAt, "IX_Documents_ToRender").HasFilter("\"PdfHash\" IS NULL");
            e.Property(d => d.Html).Encrypted(cipher);
            e.Property(d => d.ModelJson).Encrypted(cipher);
        });
        model.Entity<NumberSeries>(e =>
        {
            e.ToTable("NumberSeries");
            e.HasKey(s => new { s.BodyCode, s.Kind, s.Year });
        });
        model.Entity<DocumentTemplate>(e =>
        {
            e.ToTable("DocumentTemplates");
            e.Property(t => t.Key).HasMaxLength(100);
            e.HasIndex(t => new { t.Key, t.Version }).IsUnique();
        });
    }
}
