using System.Globalization;
using System.Reflection;
using System.Text;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.Descriptors;

/// <summary>Reads the descriptor of an activity class from its attributes.</summary>
internal static class DescriptorReader
{
    public static ActivityDescriptor Read(Type type)
    {
        if (!typeof(Activity).IsAssignableFrom(type) || type.IsAbstract)
        {
            throw new ArgumentException($"{type.FullName} is no activity class.", nameof(type));
        }

        var (typeName, version) = ActivityTypeName.Of(type);
        var attribute = type.GetCustomAttribute<ActivityAttribute>(inherit: false);
        var builtIn = type.GetCustomAttribute<BuiltInAttribute>(inherit: false);
        var dot = typeName.LastIndexOf('.');
        var name = dot < 0 ? typeName : typeName[(dot + 1)..];
        var properties = PropertiesOf(type);
        var create = Factory(type);
        var sample = create();
        return new ActivityDescriptor
        {
            TypeName = typeName,
            Namespace = dot < 0 ? "" : typeName[..dot],
            Name = name,
            Version = version,
            Category = attribute?.Category ?? attribute?.Namespace ?? "General",
            DisplayName = attribute?.DisplayName ?? Label(name),
            Description = attribute?.Description,
            Kind = attribute?.Kind ?? ActivityKind.Action,
            RunAsynchronously = attribute?.RunAsynchronously ?? false,
            Inputs = [.. properties.Select(p => ReadInput(p, sample)).OfType<InputDescriptor>()],
            Outputs = [.. properties.Select(ReadOutput).OfType<OutputDescriptor>()],
            Ports = ReadPorts(type, properties),
            CustomProperties = new Dictionary<string, object> { ["Type"] = builtIn?.ElsaType ?? $"{type.FullName}, {type.Assembly.GetName().Name}" },
            IsContainer = builtIn?.IsContainer ?? false,
            IsBrowsable = builtIn?.IsBrowsable ?? true,
            IsStart = builtIn?.IsStart ?? false,
            IsTerminal = builtIn?.IsTerminal ?? false,
            ClrType = type,
            Create = create,
        };
    }

    /// <summary>"OuterBoundInclusive" becomes "Outer Bound Inclusive".</summary>
    public static string Label(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
            {
                text.Append(' ');
            }

            text.Append(name[i]);
        }

        return text.ToString();
    }

    private static List<PropertyInfo> PropertiesOf(Type type)
    {
        var chain = new Stack<Type>();
        for (var t = type; t is not null && t != typeof(Activity); t = t.BaseType)
        {
            chain.Push(t);
        }

        return [.. chain.SelectMany(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .GroupBy(p => p.Name, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(p => p.GetCustomAttribute<OutputAttribute>() is null ? 0 : 1)];
    }

    private static Func<Activity> Factory(Type type)
    {
        var constructor = type.GetConstructors()
            .OrderBy(c => c.GetParameters().Length)
            .FirstOrDefault(c => c.GetParameters().All(p => p.HasDefaultValue))
            ?? throw new ArgumentException($"{type.FullName} has no constructor that can be called without arguments.", nameof(type));
        var arguments = constructor.GetParameters().Select(p => p.DefaultValue).ToArray();
        return () => (Activity)constructor.Invoke(arguments);
    }

    private static InputDescriptor? ReadInput(PropertyInfo property, Activity sample)
    {
        var wrapped = typeof(Input).IsAssignableFrom(property.PropertyType);
        var attribute = property.GetCustomAttribute<InputAttribute>();
        if ((attribute is null && !wrapped) || property.SetMethod is null)
        {
            return null;
        }

        var type = wrapped ? ValueType(property.PropertyType, typeof(Input<>)) : property.PropertyType;
        var name = attribute?.Name ?? property.Name;
        return new InputDescriptor
        {
            Name = name,
            Type = type,
            TypeName = TypeNames.Of(type),
            IsWrapped = wrapped,
            DisplayName = attribute?.DisplayName ?? Label(name),
            Description = attribute?.Description,
            Category = attribute?.Category,
            UIHint = attribute?.UIHint ?? UIHints.Default(type),
            UISpecifications = UIHints.Specifications(type, attribute),
            DefaultValue = attribute?.DefaultValue,
            DefaultSyntax = attribute?.DefaultSyntax,
            Order = attribute?.Order ?? 0,
            IsReadOnly = attribute?.IsReadOnly ?? false,
            IsBrowsable = attribute?.IsBrowsable ?? true,
            IsSerializable = attribute?.IsSerializable ?? true,
            IsSensitive = attribute?.CanContainSecrets ?? false,
            AutoEvaluate = attribute?.AutoEvaluate ?? true,
            Property = property,
        };
    }

    private static OutputDescriptor? ReadOutput(PropertyInfo property)
    {
        if (!typeof(Output).IsAssignableFrom(property.PropertyType))
        {
            return null;
        }

        var attribute = property.GetCustomAttribute<OutputAttribute>();
        var type = ValueType(property.PropertyType, typeof(Output<>));
        var name = attribute?.Name ?? property.Name;
        return new OutputDescriptor
        {
            Name = name,
            Type = type,
            TypeName = TypeNames.Of(type),
            DisplayName = attribute?.DisplayName ?? Label(name),
            Description = attribute?.Description,
            IsBrowsable = attribute?.IsBrowsable ?? true,
            IsSerializable = attribute?.IsSerializable ?? true,
            Property = property,
        };
    }

    private static List<PortDescriptor> ReadPorts(Type type, List<PropertyInfo> properties)
    {
        var ports = new List<PortDescriptor>();
        foreach (var property in properties)
        {
            if (typeof(IActivity).IsAssignableFrom(property.PropertyType) && property.GetCustomAttribute<PortAttribute>() is { } port)
            {
                var name = port.Name ?? property.Name;
                ports.Add(new PortDescriptor { Name = name, DisplayName = port.DisplayName ?? Label(name), Type = PortType.Embedded, Property = property });
            }
        }

        foreach (var outcome in type.GetCustomAttribute<FlowNodeAttribute>()?.Outcomes ?? [])
        {
            ports.Add(new PortDescriptor { Name = outcome, DisplayName = outcome, Type = PortType.Flow });
        }

        return ports;
    }

    private static Type ValueType(Type propertyType, Type open)
    {
        for (var t = propertyType; t is not null; t = t.BaseType!)
        {
            if (t.IsGenericType && t.GetGenericTypeDefinition() == open)
            {
                return t.GetGenericArguments()[0];
            }
        }

        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{propertyType} is not {open.Name}."), nameof(propertyType));
    }
}
