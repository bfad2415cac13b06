using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Assessment;

/// <summary>Loads the policy book; a few hundred rows.</summary>
public static class PolicyReader
{
    /// <summary>The policy as it is stored now; which rows hold is asked by day.</summary>
    public static async Task<PolicyBook> ReadAsync(IUnitOfWork unitOfWork, CancellationToken cancellationToken)
    {
        var figures = await unitOfWork.Set<PolicyFigure>().AsNoTracking().ToListAsync(cancellationToken);
        var texts = await unitOfWork.Set<PolicyText>().AsNoTracking().ToListAsync(cancellationToken);
        return new PolicyBook(figures, texts);
    }
}
