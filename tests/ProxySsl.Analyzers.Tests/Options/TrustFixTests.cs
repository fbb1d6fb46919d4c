using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using ProxySsl.Analyzers.Tests.Verification;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Options;

/// <summary>The fix that declares trust: three ways, in statements and initializers, on every framework.</summary>
public class TrustFixTests
{
    private const string Cleared = """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // our balancer
            options.KnownNetworks.Clear();
            {|PSSL2001:options.KnownProxies.Clear()|}; // trust it
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        """;

    // The body of the loop over the networks of the configuration, by what the framework can parse and where it puts it.
    private const string Parsed = """
                options.{0}.Add({1}.TryParse(entry.Value, out var network)
                    ? network
                    : throw new FormatException($"'{entry.Value}' in {entry.Path} is not a network such as 10.0.0.0/8."));
        """;

    private const string Split = """
                var parts = entry.Value.Split('/');
                if (parts.Length != 2 || !IPAddress.TryParse(parts[0], out var prefix) || !int.TryParse(parts[1], out var length))
                {
                    throw new FormatException($"'{entry.Value}' in {entry.Path} is not a network such as 10.0.0.0/8.");
                }

                options.KnownNetworks.Add(new Microsoft.AspNetCore.HttpOverrides.IPNetwork(prefix, length));
        """;

    [Theory]
    [InlineData(Framework.Net60, Split, "", "")]
    [InlineData(Framework.Net80, Parsed, "KnownNetworks", "Microsoft.AspNetCore.HttpOverrides.IPNetwork")]
    [InlineData(Framework.Net90, Parsed, "KnownNetworks", "Microsoft.AspNetCore.HttpOverrides.IPNetwork")]
    [InlineData(Framework.Net100, Parsed, "KnownIPNetworks", "System.Net.IPNetwork")]
    public Task Configuration(Framework framework, string parse, string list, string type) => Verify.Fixes(RuleIds.EverySenderTrusted, Cleared, $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // our balancer
            // trust it
            foreach (var entry in builder.Configuration.GetSection("ForwardedHeaders:KnownProxies").GetChildren())
            {
                options.KnownProxies.Add(IPAddress.TryParse(entry.Value, out var proxy)
                    ? proxy
                    : throw new FormatException($"'{entry.Value}' in {entry.Path} is not an IP address."));
            }

            foreach (var entry in builder.Configuration.GetSection("ForwardedHeaders:KnownNetworks").GetChildren())
            {
        {{parse.Replace("{0}", list).Replace("{1}", type)}}
            }
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        """, framework: framework);

    [Theory]
    [InlineData(Framework.Net60)]
    [InlineData(Framework.Net80)]
    [InlineData(Framework.Net100)]
    public Task Loopback(Framework framework) => Verify.Fixes(RuleIds.EverySenderTrusted, Cleared, """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // our balancer
            // trust it
            options.KnownProxies.Add(IPAddress.Loopback);
            options.KnownProxies.Add(IPAddress.IPv6Loopback);
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        """, index: 1, framework: framework);

    [Theory]
    [InlineData(Framework.Net60, "KnownNetworks.Add(new Microsoft.AspNetCore.HttpOverrides.IPNetwork(IPAddress.Parse(\"{0}\"), {1}))")]
    [InlineData(Framework.Net80, "KnownNetworks.Add(Microsoft.AspNetCore.HttpOverrides.IPNetwork.Parse(\"{0}/{1}\"))")]
    [InlineData(Framework.Net100, "KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"{0}/{1}\"))")]
    public Task Private_networks(Framework framework, string add) => Verify.Fixes(RuleIds.EverySenderTrusted, Cleared, $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // our balancer
            // trust it
            options.{{string.Format(add, "10.0.0.0", 8)}};
            options.{{string.Format(add, "172.16.0.0", 12)}};
            options.{{string.Format(add, "192.168.0.0", 16)}};
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        """, index: 2, framework: framework);

    [Theory]
    [InlineData("loopback", "options.KnownProxies.Add(IPAddress.Loopback);\n    options.KnownProxies.Add(IPAddress.IPv6Loopback);")]
    [InlineData("private_network", "options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"10.0.0.0/8\"));\n    options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"172.16.0.0/12\"));\n    options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(\"192.168.0.0/16\"));")]
    public Task What_is_configured_comes_first(string proxy, string added) => Verify.Fixes(RuleIds.EverySenderTrusted, Cleared, $$"""
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // our balancer
            // trust it
            {{added}}
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        """.ReplaceLineEndings("\n"), configure: t => t.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\nproxyssl.proxy = {proxy}\n")));

    [Fact]
    public Task Old_language_and_no_usings() => Verify.Fixes(RuleIds.EverySenderTrusted, """
        namespace App
        {
            public class Startup
            {
                private readonly Microsoft.Extensions.Configuration.IConfiguration _entry;
                public Startup(Microsoft.Extensions.Configuration.IConfiguration entry) { _entry = entry; }
                public void Configure(Microsoft.AspNetCore.Builder.IApplicationBuilder app)
                {
                    var options = new Microsoft.AspNetCore.Builder.ForwardedHeadersOptions();
                    options.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All;
                    options.KnownNetworks.Clear();
                    {|PSSL2001:options.KnownProxies.Clear()|};
                    Microsoft.AspNetCore.Builder.ForwardedHeadersExtensions.UseForwardedHeaders(app, options);
                }
                public static void Main() { }
            }
        }
        """, """
        namespace App
        {
            public class Startup
            {
                private readonly Microsoft.Extensions.Configuration.IConfiguration _entry;
                public Startup(Microsoft.Extensions.Configuration.IConfiguration entry) { _entry = entry; }
                public void Configure(Microsoft.AspNetCore.Builder.IApplicationBuilder app)
                {
                    var options = new Microsoft.AspNetCore.Builder.ForwardedHeadersOptions();
                    options.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All;

                    foreach (var entry in _entry.GetSection("ForwardedHeaders:KnownProxies").GetChildren())
                    {
                        options.KnownProxies.Add(System.Net.IPAddress.Parse(entry.Value));
                    }

                    foreach (var entry in _entry.GetSection("ForwardedHeaders:KnownNetworks").GetChildren())
                    {
                        var parts = entry.Value.Split('/');
                        options.KnownNetworks.Add(new Microsoft.AspNetCore.HttpOverrides.IPNetwork(System.Net.IPAddress.Parse(parts[0]), int.Parse(parts[1])));
                    }

                    Microsoft.AspNetCore.Builder.ForwardedHeadersExtensions.UseForwardedHeaders(app, options);
                }
                public static void Main() { }
            }
        }
        """, framework: Framework.Net60, configure: t =>
        {
            t.LanguageVersion = LanguageVersion.CSharp6;
            t.TestState.Sources.RemoveAt(1);
            t.FixedState.Sources.Clear();
        });

    [Fact]
    public Task Branches_are_cleared_and_trust_is_said_once() => Verify.Fixes(RuleIds.EverySenderTrusted, """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        if (args.Length > 0)
        {
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            app.Logger.LogInformation("one");
        }
        else
        {
            // everything
            options.KnownIPNetworks.Clear();
            {|PSSL2001:options.KnownProxies.Clear()|};
        }
        app.UseForwardedHeaders(options);
        """, """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        if (args.Length > 0)
        {
            app.Logger.LogInformation("one");
        }
        else
        {
            // everything
        }
        options.KnownProxies.Add(System.Net.IPAddress.Loopback);
        options.KnownProxies.Add(System.Net.IPAddress.IPv6Loopback);
        app.UseForwardedHeaders(options);
        """, index: 1);

    [Fact]
    public Task Branches_that_only_clear_go_and_trust_is_said_in_their_place() => Verify.Fixes(RuleIds.EverySenderTrusted, """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        options.KnownIPNetworks.Clear();
        // asked for in the setup
        if (args.Length > 0)
        {
            options.KnownProxies.Clear();
        }
        else
        {
            {|PSSL2001:options.KnownProxies.Clear()|};
        }
        app.UseForwardedHeaders(options);
        """, """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        // asked for in the setup
        options.KnownProxies.Add(System.Net.IPAddress.Loopback);
        options.KnownProxies.Add(System.Net.IPAddress.IPv6Loopback);
        app.UseForwardedHeaders(options);
        """, index: 1);

    // The first action is loopback where the configuration that a lookup finds cannot be used.
    [Fact]
    public Task Configuration_out_of_reach_is_not_used() => Verify.Fixes(RuleIds.EverySenderTrusted, """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;

        var builder = WebApplication.CreateBuilder(args);
        static void Open(ForwardedHeadersOptions options)
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.KnownIPNetworks.Clear();
            {|PSSL2001:options.KnownProxies.Clear()|};
        }
        var app = builder.Build();
        var passed = new ForwardedHeadersOptions();
        Open(passed);
        app.UseForwardedHeaders(passed);
        app.UseForwardedHeaders();

        public class Forwarding : IConfigureOptions<ForwardedHeadersOptions>
        {
            public void Configure(ForwardedHeadersOptions options)
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                options.KnownIPNetworks.Clear();
                {|PSSL2001:options.KnownProxies.Clear()|};
            }
        }
        """, """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;
        using Microsoft.Extensions.Options;

        var builder = WebApplication.CreateBuilder(args);
        static void Open(ForwardedHeadersOptions options)
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.KnownProxies.Add(IPAddress.Loopback);
            options.KnownProxies.Add(IPAddress.IPv6Loopback);
        }
        var app = builder.Build();
        var passed = new ForwardedHeadersOptions();
        Open(passed);
        app.UseForwardedHeaders(passed);
        app.UseForwardedHeaders();

        public class Forwarding : IConfigureOptions<ForwardedHeadersOptions>
        {
            public void Configure(ForwardedHeadersOptions options)
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                options.KnownProxies.Add(IPAddress.Loopback);
                options.KnownProxies.Add(IPAddress.IPv6Loopback);
            }
        }
        """);

    // Clearing calls that do not stand side by side stay where they are: which of them has to go is a person's decision.

    [Theory]
    [InlineData("o => o.KnownIPNetworks.Clear()", "o => {|PSSL2001:o.KnownProxies.Clear()|}")]
    [InlineData("o => { o.KnownProxies.Clear(); }", "o => { {|PSSL2001:o.KnownIPNetworks.Clear()|}; }")]
    [InlineData("o => { o.KnownIPNetworks.Clear(); }", "o => { {|PSSL2001:o.KnownProxies.Clear()|}; }")]
    public Task Clears_of_two_functions_have_no_fix(string first, string second) => Verify.OffersNoFix(RuleIds.EverySenderTrusted, OptionsApp.With($$"""
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        builder.Services.Configure<ForwardedHeadersOptions>({{first}});
        builder.Services.Configure<ForwardedHeadersOptions>({{second}});
        """));

    [Theory]
    [InlineData("KnownProxies", "KnownIPNetworks")]
    [InlineData("KnownIPNetworks", "KnownProxies")]
    public Task An_entry_beside_a_clear_of_another_function_has_no_fix(string here, string there) => Verify.OffersNoFix(
        RuleIds.NetworkCoversEveryAddress,
        OptionsApp.Configured($$"""
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.{{here}}.Clear();
            Clear(options);
            options.KnownIPNetworks.Add({|PSSL2003:new(IPAddress.Any, 0)|});
            static void Clear(ForwardedHeadersOptions o) => o.{{there}}.Clear();
            """));

    [Fact]
    public Task Clears_of_two_files_have_no_fix()
    {
        var source = OptionsApp.With("""
            builder.Services.Configure<ForwardedHeadersOptions>(o => { o.ForwardedHeaders = ForwardedHeaders.XForwardedFor; o.KnownProxies.Clear(); Networks.Clear(o); });
            """);
        const string other = """
            public static class Networks
            {
                public static void Clear(ForwardedHeadersOptions options)
                {
                    {|PSSL2001:options.KnownIPNetworks.Clear()|};
                }
            }
            """;
        return Verify.Fixes(
            RuleIds.EverySenderTrusted,
            source,
            source,
            configure: test => test.TestState.Sources.Insert(1, ("/0/Networks.cs", Microsoft.CodeAnalysis.Text.SourceText.From(other, System.Text.Encoding.UTF8))));
    }

    // Another target framework's half of the code would keep what is removed here.
    [Fact]
    public Task Code_for_another_framework_has_no_fix() => Verify.OffersNoFix(RuleIds.EverySenderTrusted, OptionsApp.Configured("""
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        options.KnownProxies.Clear();
        #if OLD
        options.KnownNetworks.Clear();
        #else
        {|PSSL2001:options.KnownIPNetworks.Clear()|};
        #endif
        """));

    // The name would clash with the one in the branch (CS0136).
    [Fact]
    public Task A_local_gets_a_name_that_no_inner_scope_has() => Verify.Fixes(RuleIds.NoKnownProxy, """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        app.UseForwardedHeaders({|PSSL2002:new ForwardedHeadersOptions|} { ForwardedHeaders = ForwardedHeaders.XForwardedProto });
        if (args.Length > 0)
        {
            var forwardedHeadersOptions = 1;
            Console.WriteLine(forwardedHeadersOptions);
        }
        """, """
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        var forwardedHeadersOptions1 = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto };

        foreach (var entry in app.Configuration.GetSection("ForwardedHeaders:KnownProxies").GetChildren())
        {
            forwardedHeadersOptions1.KnownProxies.Add(System.Net.IPAddress.TryParse(entry.Value, out var proxy)
                ? proxy
                : throw new FormatException($"'{entry.Value}' in {entry.Path} is not an IP address."));
        }

        foreach (var entry in app.Configuration.GetSection("ForwardedHeaders:KnownNetworks").GetChildren())
        {
            forwardedHeadersOptions1.KnownIPNetworks.Add(System.Net.IPNetwork.TryParse(entry.Value, out var network)
                ? network
                : throw new FormatException($"'{entry.Value}' in {entry.Path} is not a network such as 10.0.0.0/8."));
        }

        app.UseForwardedHeaders(forwardedHeadersOptions1);
        if (args.Length > 0)
        {
            var forwardedHeadersOptions = 1;
            Console.WriteLine(forwardedHeadersOptions);
        }
        """);

    [Fact]
    public Task A_namespace_that_begins_like_the_frameworks_hides_nothing() => Verify.Fixes(RuleIds.EverySenderTrusted, """
        using Microsoft.AspNetCore.HttpOverrides;
        namespace Contoso.Microsoft.Identity
        {
            public static class Program
            {
                public static void Main(string[] args)
                {
                    var app = WebApplication.Create(args);
                    var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
                    options.KnownProxies.Clear();
                    {|PSSL2001:options.KnownNetworks.Clear()|};
                    app.UseForwardedHeaders(options);
                }
            }
        }
        """, """
        using Microsoft.AspNetCore.HttpOverrides;
        namespace Contoso.Microsoft.Identity
        {
            public static class Program
            {
                public static void Main(string[] args)
                {
                    var app = WebApplication.Create(args);
                    var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
                    options.KnownNetworks.Add(global::Microsoft.AspNetCore.HttpOverrides.IPNetwork.Parse("10.0.0.0/8"));
                    options.KnownNetworks.Add(global::Microsoft.AspNetCore.HttpOverrides.IPNetwork.Parse("172.16.0.0/12"));
                    options.KnownNetworks.Add(global::Microsoft.AspNetCore.HttpOverrides.IPNetwork.Parse("192.168.0.0/16"));
                    app.UseForwardedHeaders(options);
                }
            }
        }
        """, index: 2, framework: Framework.Net80);

    [Fact]
    public Task A_target_typed_new_becomes_one_of_the_frameworks_type() => Verify.Fixes(RuleIds.NoKnownProxy, """
        using Microsoft.AspNetCore.HttpOverrides;
        namespace Contoso
        {
            public class ForwardedHeadersOptions { }
            public static class Program
            {
                public static void Main(string[] args)
                {
                    var app = WebApplication.Create(args);
                    app.UseForwardedHeaders({|PSSL2002:new()|} { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
                }
            }
        }
        """, """
        using Microsoft.AspNetCore.HttpOverrides;
        namespace Contoso
        {
            public class ForwardedHeadersOptions { }
            public static class Program
            {
                public static void Main(string[] args)
                {
                    var app = WebApplication.Create(args);
                    var forwardedHeadersOptions = new Microsoft.AspNetCore.Builder.ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };

                    foreach (var entry in app.Configuration.GetSection("ForwardedHeaders:KnownProxies").GetChildren())
                    {
                        forwardedHeadersOptions.KnownProxies.Add(System.Net.IPAddress.TryParse(entry.Value, out var proxy)
                            ? proxy
                            : throw new FormatException($"'{entry.Value}' in {entry.Path} is not an IP address."));
                    }

                    foreach (var entry in app.Configuration.GetSection("ForwardedHeaders:KnownNetworks").GetChildren())
                    {
                        forwardedHeadersOptions.KnownIPNetworks.Add(System.Net.IPNetwork.TryParse(entry.Value, out var network)
                            ? network
                            : throw new FormatException($"'{entry.Value}' in {entry.Path} is not a network such as 10.0.0.0/8."));
                    }

                    app.UseForwardedHeaders(forwardedHeadersOptions);
                }
            }
        }
        """);

    [Fact]
    public Task Trust_is_declared_ahead_of_an_early_return() => Verify.Fixes(RuleIds.NoKnownProxy, OptionsApp.With("""
        builder.Services.{|PSSL2002:Configure|}<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            if (args.Length == 0)
            {
                return;
            }

            o.ForwardLimit = 2;
        });
        """), OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.KnownProxies.Add(IPAddress.Loopback);
            o.KnownProxies.Add(IPAddress.IPv6Loopback);
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            if (args.Length == 0)
            {
                return;
            }

            o.ForwardLimit = 2;
        });
        """), index: 1);

    [Fact]
    public Task Clears_on_one_line_leave_their_comments_and_indentation() => Verify.Fixes(RuleIds.EverySenderTrusted, OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.KnownProxies.Clear(); /* any */ {|PSSL2001:options.KnownIPNetworks.Clear()|};
        });
        """), OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            /* any */
            options.KnownProxies.Add(IPAddress.Loopback);
            options.KnownProxies.Add(IPAddress.IPv6Loopback);
        });
        """), index: 1);

    [Fact]
    public Task Comments_behind_an_earlier_clear_stay() => Verify.Fixes(RuleIds.EverySenderTrusted, OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.KnownProxies.Clear(); // Loopback by default, this should be temporary
            {|PSSL2001:options.KnownIPNetworks.Clear()|}; // the cluster's
            options.ForwardLimit = 1;
        });
        """), OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            // Loopback by default, this should be temporary
            // the cluster's
            options.KnownProxies.Add(IPAddress.Loopback);
            options.KnownProxies.Add(IPAddress.IPv6Loopback);
            options.ForwardLimit = 1;
        });
        """), index: 1);

    [Fact]
    public Task A_block_on_one_line_gets_lines() => Verify.Fixes(RuleIds.EverySenderTrusted, OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        builder.Services.PostConfigure<ForwardedHeadersOptions>(o => { o.KnownIPNetworks.Clear(); {|PSSL2001:o.KnownProxies.Clear()|}; });
        """), OptionsApp.With("""
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        builder.Services.PostConfigure<ForwardedHeadersOptions>(o => {
            o.KnownProxies.Add(IPAddress.Loopback);
            o.KnownProxies.Add(IPAddress.IPv6Loopback);
        });
        """), index: 1);

    [Fact]
    public Task A_statement_behind_its_if_gets_a_block() => Verify.Fixes(RuleIds.NoKnownProxy, """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        if (app.Environment.IsProduction()) app.UseForwardedHeaders({|PSSL2002:new()|} { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        else app.UseDeveloperExceptionPage();
        """, """
        using System.Net;
        using Microsoft.AspNetCore.HttpOverrides;

        var app = WebApplication.Create(args);
        if (app.Environment.IsProduction())
        {
            var forwardedHeadersOptions = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };

            foreach (var entry in app.Configuration.GetSection("ForwardedHeaders:KnownProxies").GetChildren())
            {
                forwardedHeadersOptions.KnownProxies.Add(IPAddress.TryParse(entry.Value, out var proxy)
                    ? proxy
                    : throw new FormatException($"'{entry.Value}' in {entry.Path} is not an IP address."));
            }

            foreach (var entry in app.Configuration.GetSection("ForwardedHeaders:KnownNetworks").GetChildren())
            {
                forwardedHeadersOptions.KnownIPNetworks.Add(System.Net.IPNetwork.TryParse(entry.Value, out var network)
                    ? network
                    : throw new FormatException($"'{entry.Value}' in {entry.Path} is not a network such as 10.0.0.0/8."));
            }

            app.UseForwardedHeaders(forwardedHeadersOptions);
        }
        else app.UseDeveloperExceptionPage();
        """);
}
