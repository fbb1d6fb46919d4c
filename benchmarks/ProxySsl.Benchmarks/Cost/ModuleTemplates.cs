using System;
using System.Collections.Generic;
using System.Linq;

namespace ProxySsl.Benchmarks.Cost;

/// <summary>The files of one module of an application, written for a number; numbers differ in names, properties, conditions and order.</summary>
internal static class ModuleTemplates
{
    internal const string Abstractions = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        namespace App.Shared;

        public interface IEntity
        {
            Guid Id { get; }

            DateTimeOffset Created { get; set; }

            DateTimeOffset? Changed { get; set; }
        }

        public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Number, int Size)
        {
            public bool HasMore => Number * Size < Total;
        }

        public interface IStore<T>
            where T : class, IEntity
        {
            IQueryable<T> Query();

            Task<T?> FindAsync(Guid id, CancellationToken cancellationToken = default);

            Task AddAsync(T entity, CancellationToken cancellationToken = default);

            Task RemoveAsync(T entity, CancellationToken cancellationToken = default);

            Task<int> SaveAsync(CancellationToken cancellationToken = default);
        }

        public sealed class NotFoundException(string what, Guid id) : Exception($"{what} {id} does not exist.");

        public sealed class InvalidInputException(IReadOnlyDictionary<string, string> errors) : Exception("The input is not valid.")
        {
            public IReadOnlyDictionary<string, string> Errors { get; } = errors;
        }
        """;

    private static readonly string[] Nouns =
    [
        "Order", "Customer", "Invoice", "Product", "Shipment", "Payment", "Supplier", "Contract", "Ticket", "Campaign", "Employee", "Budget",
        "Warehouse", "Route", "Vehicle", "Policy", "Claim", "Account", "Ledger", "Report", "Survey", "Course", "Lesson", "Patient", "Visit",
    ];

    private static readonly (string Type, string Name, string Sample)[] Properties =
    [
        ("string", "Name", "\"\""), ("string?", "Description", "null"), ("decimal", "Amount", "0m"), ("int", "Quantity", "0"), ("DateOnly", "DueDate", "default"),
        ("bool", "IsActive", "true"), ("string", "Currency", "\"EUR\""), ("Guid", "OwnerId", "default"), ("double", "Weight", "0"), ("string?", "Reference", "null"),
        ("TimeSpan", "Duration", "default"), ("int", "Priority", "1"), ("string", "Country", "\"\""), ("string?", "Notes", "null"), ("long", "Version", "0"), ("string", "Status", "\"new\""),
    ];

    /// <summary>The files of a module.</summary>
    /// <param name="number">Which module.</param>
    /// <param name="isWeb">Whether the files that need a web framework are among them.</param>
    internal static IEnumerable<(string Path, string Text)> Files(int number, bool isWeb)
    {
        var module = new Module(number);
        yield return (module.Path("Entity"), module.Entity());
        yield return (module.Path("Models"), module.Models());
        yield return (module.Path("Validator"), module.Validator());
        yield return (module.Path("Mapper"), module.Mapper());
        yield return (module.Path("Service"), module.Service());
        yield return (module.Path("Statistics"), module.Statistics());
        if (isWeb)
        {
            yield return number % 3 == 0 ? (module.Path("Endpoints"), module.Endpoints()) : (module.Path("Controller"), module.Controller());
            if (number % 40 == 7)
            {
                yield return (module.Path("Links"), module.Links());
            }
        }
    }

    private sealed class Module
    {
        private readonly int _number;
        private readonly string _noun;
        private readonly (string Type, string Name, string Sample)[] _properties;

        internal Module(int number)
        {
            _number = number;
            _noun = Nouns[number % Nouns.Length] + number;
            _properties = [.. Enumerable.Range(0, 7 + (number % 6)).Select(i => Properties[((i * 3) + number) % Properties.Length]).DistinctBy(p => p.Name)];
        }

        internal string Path(string file) => $"Modules/{_noun}/{_noun}{file}.cs";

        internal string Entity() => $$"""
            {{Head("Entities")}}
            /// <summary>A {{_noun}} as it is stored.</summary>
            [System.ComponentModel.DataAnnotations.Schema.Table("{{_noun}}s")]
            public class {{_noun}} : IEntity
            {
                [System.ComponentModel.DataAnnotations.Key]
                public Guid Id { get; set; } = Guid.NewGuid();

                public DateTimeOffset Created { get; set; }

                public DateTimeOffset? Changed { get; set; }
            {{Each(p => $$"""

                    [System.ComponentModel.DataAnnotations.Display(Name = "{{p.Name}}", Description = "The {{p.Name}} of a {{_noun}}, see https://docs.example.com/{{_noun}}/{{p.Name}}")]
                    public {{p.Type}} {{p.Name}} { get; set; } = {{p.Sample}};
                """)}}

                public List<{{_noun}}Line> Lines { get; } = new();

                public decimal Total => Lines.Sum(l => l.Price * l.Count);
            }

            public class {{_noun}}Line
            {
                public Guid Id { get; set; } = Guid.NewGuid();

                public Guid {{_noun}}Id { get; set; }

                public string Text { get; set; } = "";

                public decimal Price { get; set; }

                public int Count { get; set; }
            }
            """;

        internal string Models() => $$"""
            {{Head("Models")}}
            public sealed record {{_noun}}Response(
                Guid Id,
            {{Each(p => $"    {p.Type} {p.Name},\n")}}    DateTimeOffset Created);

            public sealed record Create{{_noun}}Request
            {
            {{Each(p => $"    public {p.Type} {p.Name} {{ get; init; }} = {p.Sample};\n\n")}}}

            public sealed record Update{{_noun}}Request
            {
            {{Each(p => $"    public {p.Type.TrimEnd('?')}? {p.Name} {{ get; init; }}\n\n")}}    public string? Reason { get; init; }
            }

            public sealed record {{_noun}}Filter(string? Text, DateTimeOffset? From, DateTimeOffset? To, int Page = 1, int Size = 50);
            """;

        internal string Validator() => $$"""
            {{Head("Validation")}}
            public static class {{_noun}}Validator
            {
                public static void Check(Create{{_noun}}Request request)
                {
                    var errors = new Dictionary<string, string>(StringComparer.Ordinal);
            {{Each(Check)}}        if (errors.Count > 0)
                    {
                        throw new InvalidInputException(errors);
                    }
                }

                public static bool IsEmpty(Update{{_noun}}Request request) =>
                    {{string.Join("\n            && ", _properties.Select(p => $"request.{p.Name} is null"))}};
            }
            """;

        internal string Mapper() => $$"""
            {{Head("Mapping")}}
            public static class {{_noun}}Mapper
            {
                public static {{_noun}} ToEntity(this Create{{_noun}}Request request, DateTimeOffset now) => new()
                {
                    Created = now,
            {{Each(p => $"        {p.Name} = request.{p.Name},\n")}}    };

                public static {{_noun}}Response ToResponse(this {{_noun}} entity) => new(
                    entity.Id,
            {{Each(p => $"        entity.{p.Name},\n")}}        entity.Created);

                public static bool Apply(this Update{{_noun}}Request request, {{_noun}} entity)
                {
                    var changed = false;
            {{Each(p => $$"""
                        if (request.{{p.Name}} is { } new{{p.Name}} && !Equals(new{{p.Name}}, entity.{{p.Name}}))
                        {
                            entity.{{p.Name}} = new{{p.Name}};
                            changed = true;
                        }


                """)}}        return changed;
                }
            }
            """;

        internal string Service() => $$"""
            {{Head("Services")}}
            public interface I{{_noun}}Service
            {
                Task<{{_noun}}Response> GetAsync(Guid id, CancellationToken cancellationToken);

                Task<Page<{{_noun}}Response>> FindAsync({{_noun}}Filter filter, CancellationToken cancellationToken);

                Task<{{_noun}}Response> CreateAsync(Create{{_noun}}Request request, CancellationToken cancellationToken);

                Task<{{_noun}}Response> UpdateAsync(Guid id, Update{{_noun}}Request request, CancellationToken cancellationToken);

                Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);
            }

            public sealed class {{_noun}}Service : I{{_noun}}Service
            {
                private readonly IStore<{{_noun}}> _store;
                private readonly TimeProvider _time;
                private readonly Dictionary<Guid, {{_noun}}Response> _recent = new();

                public {{_noun}}Service(IStore<{{_noun}}> store, TimeProvider time)
                {
                    _store = store ?? throw new ArgumentNullException(nameof(store));
                    _time = time;
                }

                public async Task<{{_noun}}Response> GetAsync(Guid id, CancellationToken cancellationToken)
                {
                    if (_recent.TryGetValue(id, out var known))
                    {
                        return known;
                    }

                    var entity = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new NotFoundException("{{_noun}}", id);
                    return _recent[id] = entity.ToResponse();
                }

                public Task<Page<{{_noun}}Response>> FindAsync({{_noun}}Filter filter, CancellationToken cancellationToken)
                {
                    var query = _store.Query();
                    if (!string.IsNullOrWhiteSpace(filter.Text))
                    {
                        var text = filter.Text.Trim();
                        query = query.Where(e => {{string.Join(" || ", _properties.Where(p => p.Type.StartsWith("string", StringComparison.Ordinal)).Select(p => $"(e.{p.Name} != null && e.{p.Name}.Contains(text))").DefaultIfEmpty("e.Id.ToString() == text"))}});
                    }

                    if (filter.From is { } from)
                    {
                        query = query.Where(e => e.Created >= from);
                    }

                    if (filter.To is { } to)
                    {
                        query = query.Where(e => e.Created < to);
                    }

                    var total = query.Count();
                    var items = query
                        .OrderByDescending(e => e.Created)
                        .ThenBy(e => e.{{_properties[0].Name}})
                        .Skip((filter.Page - 1) * filter.Size)
                        .Take(Math.Clamp(filter.Size, 1, {{100 + (_number % 7 * 50)}}))
                        .AsEnumerable()
                        .Select(e => e.ToResponse())
                        .ToList();
                    return Task.FromResult(new Page<{{_noun}}Response>(items, total, filter.Page, filter.Size));
                }

                public async Task<{{_noun}}Response> CreateAsync(Create{{_noun}}Request request, CancellationToken cancellationToken)
                {
                    {{_noun}}Validator.Check(request);
                    var entity = request.ToEntity(_time.GetUtcNow());
                    for (var i = 0; i < {{1 + (_number % 4)}}; i++)
                    {
                        entity.Lines.Add(new {{_noun}}Line { Text = $"line {i} of {entity.Id:N}", Price = i * 1.5m, Count = i + 1, {{_noun}}Id = entity.Id });
                    }

                    await _store.AddAsync(entity, cancellationToken).ConfigureAwait(false);
                    await _store.SaveAsync(cancellationToken).ConfigureAwait(false);
                    return entity.ToResponse();
                }

                public async Task<{{_noun}}Response> UpdateAsync(Guid id, Update{{_noun}}Request request, CancellationToken cancellationToken)
                {
                    var entity = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new NotFoundException("{{_noun}}", id);
                    if ({{_noun}}Validator.IsEmpty(request) || !request.Apply(entity))
                    {
                        return entity.ToResponse();
                    }

                    entity.Changed = _time.GetUtcNow();
                    _recent.Remove(id);
                    try
                    {
                        await _store.SaveAsync(cancellationToken).ConfigureAwait(false);
                    }
                    catch (InvalidOperationException e) when (e.Message.Contains("concurrency", StringComparison.OrdinalIgnoreCase))
                    {
                        throw new InvalidInputException(new Dictionary<string, string> { ["Version"] = "changed by somebody else" });
                    }

                    return entity.ToResponse();
                }

                public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
                {
                    if (await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } entity)
                    {
                        return false;
                    }

                    await _store.RemoveAsync(entity, cancellationToken).ConfigureAwait(false);
                    return await _store.SaveAsync(cancellationToken).ConfigureAwait(false) > 0;
                }
            }
            """;

        internal string Statistics() => $$"""
            {{Head("Reports")}}
            public sealed class {{_noun}}Statistics
            {
                private readonly List<(DateTimeOffset When, decimal Value)> _values = new();

                public void Add({{_noun}} entity) => _values.Add((entity.Created, entity.Total));

                public IReadOnlyDictionary<int, decimal> ByMonth() => _values
                    .GroupBy(v => v.When.Month)
                    .ToDictionary(g => g.Key, g => g.Sum(v => v.Value));

                public decimal Median()
                {
                    var sorted = _values.Select(v => v.Value).OrderBy(v => v).ToArray();
                    return sorted.Length switch
                    {
                        0 => 0,
                        var n when n % 2 == 1 => sorted[n / 2],
                        var n => (sorted[(n / 2) - 1] + sorted[n / 2]) / 2,
                    };
                }

                public string Describe() => string.Join(Environment.NewLine, ByMonth().Select(m => $"{m.Key:00}: {m.Value,12:N2}"));
            }
            """;

        internal string Controller() => $$"""
            {{Head("Api")}}
            [Microsoft.AspNetCore.Mvc.ApiController]
            [Microsoft.AspNetCore.Mvc.Route("api/{{_noun}}")]
            [Microsoft.AspNetCore.Authorization.Authorize]
            public class {{_noun}}Controller(I{{_noun}}Service service, ILogger<{{_noun}}Controller> logger) : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                [Microsoft.AspNetCore.Mvc.HttpGet("{id:guid}")]
                public async Task<Microsoft.AspNetCore.Mvc.ActionResult<{{_noun}}Response>> Get(Guid id, CancellationToken cancellationToken)
                {
                    try
                    {
                        return Ok(await service.GetAsync(id, cancellationToken));
                    }
                    catch (NotFoundException e)
                    {
                        logger.LogInformation(e, "{Id} was asked for", id);
                        return NotFound();
                    }
                }

                [Microsoft.AspNetCore.Mvc.HttpGet]
                public async Task<Page<{{_noun}}Response>> Find([Microsoft.AspNetCore.Mvc.FromQuery] {{_noun}}Filter filter, CancellationToken cancellationToken)
                {
                    var page = await service.FindAsync(filter, cancellationToken);
                    Response.Headers["X-Total-Count"] = page.Total.ToString();
                    if (page.HasMore)
                    {
                        Response.Headers.Append("X-Next-Page", (page.Number + 1).ToString());
                    }

                    return page;
                }

                [Microsoft.AspNetCore.Mvc.HttpPost]
                public async Task<Microsoft.AspNetCore.Mvc.IActionResult> Create(Create{{_noun}}Request request, CancellationToken cancellationToken)
                {
                    if (!ModelState.IsValid)
                    {
                        return ValidationProblem();
                    }

                    try
                    {
                        var created = await service.CreateAsync(request, cancellationToken);
                        return CreatedAtAction(nameof(Get), new { id = created.Id }, created);
                    }
                    catch (InvalidInputException e)
                    {
                        foreach (var (field, text) in e.Errors)
                        {
                            ModelState.AddModelError(field, text);
                        }

                        return ValidationProblem();
                    }
                }

                [Microsoft.AspNetCore.Mvc.HttpPut("{id:guid}")]
                public Task<{{_noun}}Response> Update(Guid id, Update{{_noun}}Request request, CancellationToken cancellationToken) =>
                    service.UpdateAsync(id, request, cancellationToken);

                [Microsoft.AspNetCore.Mvc.HttpDelete("{id:guid}")]
                [Microsoft.AspNetCore.Authorization.Authorize(Roles = "Administrator")]
                public async Task<Microsoft.AspNetCore.Mvc.IActionResult> Delete(Guid id, CancellationToken cancellationToken) =>
                    await service.DeleteAsync(id, cancellationToken) ? NoContent() : NotFound();
            }
            """;

        internal string Endpoints() => $$"""
            {{Head("Api")}}
            public static class {{_noun}}Endpoints
            {
                public static IEndpointRouteBuilder Map{{_noun}}(this IEndpointRouteBuilder routes)
                {
                    var group = routes.MapGroup("/api/{{_noun}}").RequireAuthorization().WithTags("{{_noun}}");
                    group.MapGet("/{id:guid}", async (Guid id, I{{_noun}}Service service, CancellationToken cancellationToken) =>
                        Results.Ok(await service.GetAsync(id, cancellationToken)));
                    group.MapPost("/", async (Create{{_noun}}Request request, I{{_noun}}Service service, CancellationToken cancellationToken) =>
                    {
                        var created = await service.CreateAsync(request, cancellationToken);
                        return Results.Created($"/api/{{_noun}}/{created.Id}", created);
                    });
                    group.MapPut("/{id:guid}", (Guid id, Update{{_noun}}Request request, I{{_noun}}Service service, CancellationToken cancellationToken) =>
                        service.UpdateAsync(id, request, cancellationToken));
                    group.MapDelete("/{id:guid}", async (Guid id, I{{_noun}}Service service, CancellationToken cancellationToken) =>
                        await service.DeleteAsync(id, cancellationToken) ? Results.NoContent() : Results.NotFound());
                    return routes;
                }
            }
            """;

        internal string Links() => $$"""
            {{Head("Links")}}
            public static class {{_noun}}Links
            {
                public static string Self(HttpRequest request, Guid id) => $"{request.Scheme}://{request.Host}{request.PathBase}/api/{{_noun}}/{id}";

                public static bool IsOwn(HttpRequest request, Uri address) => address.Scheme == request.Scheme && address.Host == request.Host.Host;
            }
            """;

        private static string Check((string Type, string Name, string Sample) property) => property.Type switch
        {
            "string" => $$"""
                        if (string.IsNullOrWhiteSpace(request.{{property.Name}}) || request.{{property.Name}}.Length > 200)
                        {
                            errors[nameof(request.{{property.Name}})] = "must have between 1 and 200 characters";
                        }


                """,
            "int" or "decimal" or "double" or "long" => $$"""
                        if (request.{{property.Name}} < 0)
                        {
                            errors[nameof(request.{{property.Name}})] = $"must not be negative, but is {request.{{property.Name}}}";
                        }


                """,
            _ => "",
        };

        private string Head(string part) => $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using App.Shared;

            // {{part}} of module {{_number}}
            namespace App.Modules.{{_noun}};

            """;

        private string Each(Func<(string Type, string Name, string Sample), string> write) => string.Concat(_properties.Select(write));
    }
}
