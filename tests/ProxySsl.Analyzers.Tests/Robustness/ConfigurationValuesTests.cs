using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ProxySsl.Analyzers.Tests.Robustness;

/// <summary>Values of configuration keys that make no sense do no harm.</summary>
public class ConfigurationValuesTests(ITestOutputHelper output)
{
    /// <summary>Right values, wrong ones, and some that nobody would write.</summary>
    public static readonly ImmutableArray<string> Values =
    [
        "unknown", "loopback", "private_network", "platform", "none", "true", "false",
        "", " ", ",", ",,,", "nginx", "TRUE ", "1", "-1", "null", "X-Scheme-By-Proxy", "X-Forwarded-Proto", "X-A, X-B,, X-C ,",
        "UseProxy", "UseForwardedHeaders", "Use Proxy", "class", "@class", "a\"b", "{0}", "{", "%00", "\0", "\n", "\uD83D", "é", "a;b", "*", "**", "x",
        new string('x', 10_000), string.Join(",", Enumerable.Range(0, 500).Select(i => "X-Header-" + i)),
    ];

    [Fact]
    public Task Every_value_for_every_key()
    {
        var programs = Values.SelectMany((value, i) => ProxySslOptions.Keys
            .Where((_, k) => RobustnessRun.IsFull || k == i % ProxySslOptions.Keys.Length)
            .Select(key => Samples.All[i % Samples.All.Length] with
            {
                Name = $"{key} = {value[..System.Math.Min(20, value.Length)]}",
                Configuration = ImmutableDictionary<string, string>.Empty.Add(key, value),
            }));
        return RobustnessRun.Examine(programs, mostFixes: 1, output);
    }

    [Fact]
    public Task Every_value_for_all_keys_at_once()
    {
        var programs = Values.Select((value, i) => Samples.All[i % Samples.All.Length] with
        {
            Name = "all keys = " + value[..System.Math.Min(20, value.Length)],
            Configuration = ProxySslOptions.Keys.ToImmutableDictionary(key => key, _ => value),
        });
        return RobustnessRun.Examine(programs, mostFixes: 1, output);
    }
}
