using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CaseFlow.Persistence.Context;

/// <summary>
/// How values are stored, the same on both databases: ids as UUID, money as fen, months as a number, instants as
/// microseconds since 1970 in UTC, enums as their names.
/// </summary>
internal static class StorageConventions
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    /// <summary>Sets the converters.</summary>
    public static void Apply(ModelConfigurationBuilder conventions)
    {
        foreach (var entity in typeof(Id<>).Assembly.GetTypes().Where(t => t is { IsClass: true, IsGenericTypeDefinition: false, ContainsGenericParameters: false }))
        {
            UseIdOf(conventions, entity);
        }

        conventions.Properties<Money>().HaveConversion<MoneyConverter>();
        conventions.Properties<Month>().HaveConversion<MonthConverter>();
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    /// <summary>Microseconds since 1970 in UTC.</summary>
    public static long ToMicroseconds(DateTimeOffset moment) =>
        (moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TicksPerMicrosecond;

    /// <summary>The moment, with the offset of Shanghai.</summary>
    public static DateTimeOffset FromMicroseconds(long value) =>
        DateTimeOffset.UnixEpoch.AddTicks(value * TicksPerMicrosecond).ToOffset(BusinessTime.Offset);

    private static void UseIdOf(ModelConfigurationBuilder conventions, Type entity)
    {
        if (entity.GetProperty("Id")?.PropertyType is { IsGenericType: true } id && id == typeof(Id<>).MakeGenericType(entity))
        {
            conventions.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(entity));
        }
    }

    private sealed class IdConverter<T>() : ValueConverter<Id<T>, Guid>(id => id.Value, value => new Id<T>(value));

    private sealed class MoneyConverter() : ValueConverter<Money, long>(money => money.Fen, fen => new Money(fen));

    private sealed class MonthConverter() : ValueConverter<Month, int>(month => month.Number, number => new Month(number));

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        moment => ToMicroseconds(moment),
        value => FromMicroseconds(value));
}
