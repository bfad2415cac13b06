using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.People;

/// <summary>Where a fact comes from.</summary>
public enum FactSource
{
    /// <summary>Declared by the family.</summary>
    Declared,

    /// <summary>Found by the verification platform.</summary>
    Verified,

    /// <summary>Found at the home visit.</summary>
    Surveyed,

    /// <summary>Settled by the handler after a difference.</summary>
    Settled,
}

/// <summary>Kinds of income (Dibao-57 Art. 13) and of deductions.</summary>
public enum IncomeKind
{
    /// <summary>工资性收入.</summary>
    Wage,

    /// <summary>经营净收入.</summary>
    NetBusiness,

    /// <summary>财产净收入.</summary>
    NetProperty,

    /// <summary>转移净收入: pensions and the like.</summary>
    NetTransfer,

    /// <summary>赡养、抚养、扶养费.</summary>
    Support,

    /// <summary>中央确定的城乡居民基础养老金: exempt while the policy row holds.</summary>
    CentralBasicPension,

    /// <summary>Other exempt income (awards, subsidies for the disabled, social assistance ...); never counted.</summary>
    Exempt,

    /// <summary>其他收入.</summary>
    Other,

    /// <summary>刚性支出: self-paid documented expense from illness or disability; deducted.</summary>
    RigidExpenditure,
}

/// <summary>An income (or deduction) of a person in a period, as the sum of twelve months.</summary>
public sealed class IncomeFact
{
    /// <summary>Identity.</summary>
    public Id<IncomeFact> Id { get; set; } = Id<IncomeFact>.New();

    /// <summary>Whose.</summary>
    public Id<Person> PersonId { get; set; }

    /// <summary>Kind.</summary>
    public IncomeKind Kind { get; set; }

    /// <summary>Sum over twelve months; whole fen, so that ÷ 12 happens once, per household.</summary>
    public Money YearlyAmount { get; set; }

    /// <summary>Employer, source, remark.</summary>
    public string Note { get; set; } = "";

    /// <summary>Source.</summary>
    public FactSource Source { get; set; }

    /// <summary>First day of the period when it was true.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Last day; null while open.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>When we knew.</summary>
    public DateTimeOffset KnownAt { get; set; }

    /// <summary>When a later row replaced this one.</summary>
    public DateTimeOffset? SupersededAt { get; set; }
}

/// <summary>Kinds of property (Dibao-57 Art. 14).</summary>
public enum PropertyKind
{
    /// <summary>Deposits, securities, commercial insurance, internet financial assets.</summary>
    FinancialAsset,

    /// <summary>Dwelling; <see cref="PropertyFact.Count"/> tells how many.</summary>
    Dwelling,

    /// <summary>Motor vehicle.</summary>
    MotorVehicle,

    /// <summary>Operating company.</summary>
    Company,
}

/// <summary>A property of a person in a period.</summary>
public sealed class PropertyFact
{
    /// <summary>Identity.</summary>
    public Id<PropertyFact> Id { get; set; } = Id<PropertyFact>.New();

    /// <summary>Whose.</summary>
    public Id<Person> PersonId { get; set; }

    /// <summary>Kind.</summary>
    public PropertyKind Kind { get; set; }

    /// <summary>Value of financial assets.</summary>
    public Money Amount { get; set; }

    /// <summary>Number of dwellings, vehicles, companies.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Exempt (vehicle for disability or livelihood ...).</summary>
    public bool Exempt { get; set; }

    /// <summary>Remark.</summary>
    public string Note { get; set; } = "";

    /// <summary>Source.</summary>
    public FactSource Source { get; set; }

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Last day; null while open.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>When we knew.</summary>
    public DateTimeOffset KnownAt { get; set; }

    /// <summary>When a later row replaced this one.</summary>
    public DateTimeOffset? SupersededAt { get; set; }
}

/// <summary>Conditions of a person that a rule asks for.</summary>
public enum PersonConditionKind
{
    /// <summary>残疾; <see cref="PersonCondition.Grade"/> and <see cref="PersonCondition.Detail"/> (kind) say which.</summary>
    Disability,

    /// <summary>重病 of the local list.</summary>
    SeriousIllness,

    /// <summary>全日制在校学生 up to bachelor level.</summary>
    FullTimeStudent,

    /// <summary>有劳动能力 of working age.</summary>
    AbleBodied,

    /// <summary>服刑.</summary>
    Imprisoned,

    /// <summary>强制隔离戒毒.</summary>
    CompulsoryDrugTreatment,

    /// <summary>宣告失踪.</summary>
    DeclaredMissing,

    /// <summary>收入不稳定.</summary>
    UncertainIncome,
}

/// <summary>A condition of a person in a period.</summary>
public sealed class PersonCondition
{
    /// <summary>Identity.</summary>
    public Id<PersonCondition> Id { get; set; } = Id<PersonCondition>.New();

    /// <summary>Whose.</summary>
    public Id<Person> PersonId { get; set; }

    /// <summary>Which.</summary>
    public PersonConditionKind Kind { get; set; }

    /// <summary>Grade of a disability, 1 (severest) to 4.</summary>
    public int? Grade { get; set; }

    /// <summary>Kind of the disability (<c>limb</c>, <c>sight</c>, <c>intellectual</c>, <c>mental</c> ...) or the illness.</summary>
    public string Detail { get; set; } = "";

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Last day; null while open.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>When we knew.</summary>
    public DateTimeOffset KnownAt { get; set; }

    /// <summary>When a later row replaced this one.</summary>
    public DateTimeOffset? SupersededAt { get; set; }
}

/// <summary>Two persons are relatives as registered (单独登记备案, recusal): a fact, not a guess from surname or address.</summary>
public sealed class PersonRelation
{
    /// <summary>Identity.</summary>
    public Id<PersonRelation> Id { get; set; } = Id<PersonRelation>.New();

    /// <summary>One of the two.</summary>
    public Id<Person> PersonId { get; set; }

    /// <summary>The other.</summary>
    public Id<Person> RelativeId { get; set; }

    /// <summary>The relation as text (夫妻, 父子, 表兄弟 ...).</summary>
    public string Relation { get; set; } = "";

    /// <summary>Whether it is a close relative (近亲属, Civil Code 1045).</summary>
    public bool IsClose { get; set; }

    /// <summary>When we knew.</summary>
    public DateTimeOffset KnownAt { get; set; }
}
