using System.Linq;
using Xunit;
using static ProxySsl.Analyzers.Tests.Models.OptionsProgram;

namespace ProxySsl.Analyzers.Tests.Models;

/// <summary>The options reader along the control flow: which ways there are, where they meet, and how certain it is that production takes them.</summary>
public class OptionsFlowTests
{
    private const string Probe = "o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.9\"));";

    [Theory]
    [InlineData("foreach (var t in texts) { o.KnownProxies.Clear(); break; }", "default/empty | default")]
    [InlineData("foreach (var t in texts) { if (flag) { o.KnownProxies.Clear(); break; } }", "default/empty | default")]
    [InlineData("foreach (var t in texts) { if (flag) { o.KnownProxies.Clear(); continue; } }", "default/empty | default")]
    [InlineData("foreach (var t in texts) { if (flag) { o.KnownProxies.Clear(); break; } Inner(); } void Inner() { }", "default/empty | default")]
    [InlineData("foreach (var t in new[] { \"a\" }) { switch (t) { case \"b\": o.KnownProxies.Clear(); break; default: continue; } o.KnownIPNetworks.Clear(); }", "default/empty | default/empty")]
    [InlineData("while (flag) { o.KnownProxies.Clear(); }", "default/empty | default")]
    [InlineData("while (true) { o.KnownProxies.Clear(); break; }", "empty | default")]
    [InlineData("do { o.KnownProxies.Clear(); } while (flag);", "empty | default")]
    [InlineData("for (; ; ) { o.KnownProxies.Clear(); break; }", "empty | default")]
    [InlineData("for (o.KnownProxies.Clear(); flag; ) { }", "empty | default")]
    [InlineData("for (; flag; o.KnownProxies.Clear()) { }", "default/empty | default")]
    [InlineData("for (var i = 0; i < o.KnownProxies.Count; i++) { o.KnownProxies.RemoveAt(0); }", "empty | default")]
    [InlineData("for (var i = 0; i < texts.Count; i++) { o.KnownProxies.Clear(); }", "default/empty | default")]
    [InlineData("if (flag) { while (true) { return; } } o.KnownProxies.Clear();", "default/empty | default")]
    [InlineData("foreach (var p in o.KnownProxies) { o.KnownProxies.Remove(p); }", "empty | default")]
    [InlineData("foreach (var n in o.KnownIPNetworks) { o.KnownProxies.Remove((IPAddress)(object)n); }", "unknown | default")]
    internal void Loops(string body, string expected) => Assert.Equal(expected, Lists(body));

    [Theory]
    [InlineData("switch (texts.Count) { case 0: o.KnownProxies.Clear(); break; }", "default/empty | default")]
    [InlineData("switch (texts.Count) { default: o.KnownProxies.Clear(); break; case 1: o.KnownProxies.Clear(); break; }", "empty | default")]
    [InlineData("switch (texts.Count) { case 0: default: o.KnownProxies.Clear(); break; }", "empty | default")]
    [InlineData("switch (texts.Count) { case 0: goto default; default: o.KnownProxies.Clear(); break; }", "empty/unknown | default/unknown")]
    [InlineData("switch (texts.Count) { case 0: o.KnownProxies.Clear(); return; default: return; }", "default/empty | default")]
    [InlineData("switch (texts.Count) { case 0: return; default: o.KnownProxies.Clear(); break; }", "default/empty | default")]
    [InlineData("switch (texts.Count) { case 0: throw new Exception(); default: o.KnownProxies.Clear(); break; }", "empty | default")]
    [InlineData("switch (texts.Count) { }", "default | default")]
    [InlineData("(texts.Count switch { 0 => o.KnownProxies, _ => o.KnownProxies }).Clear();", "empty | default")]
    [InlineData("(texts.Count switch { 0 => throw new Exception(), _ => o.KnownProxies }).Clear();", "empty | default")]
    [InlineData("(texts.Count switch { 0 => o.KnownProxies, _ => throw new Exception() }).Clear();", "empty | default")]
    [InlineData("_ = texts.Count switch { 0 => Emptied(), _ => 1 }; int Emptied() { o.KnownProxies.Clear(); return 0; }", "default/empty | default")]
    [InlineData("if (flag) { return; } else { throw new Exception(); }", "default | default")]
    [InlineData("return; o.KnownProxies.Clear();", "default | default")]
    [InlineData("if (flag) { o.KnownIPNetworks.Clear(); return; } throw new Exception(); o.KnownProxies.Clear();", "default | empty")]
    [InlineData("if (flag) { Own.Fail(); } o.KnownProxies.Clear();", "empty | default")]
    [InlineData("if (flag) { Own.Failing(); } o.KnownProxies.Clear();", "empty | default")]
    [InlineData("if (flag) { ArgumentNullException.ThrowIfNull(peer); o.KnownIPNetworks.Clear(); } o.KnownProxies.Clear();", "empty | default/empty")]
    [InlineData("try { return; } finally { } o.KnownProxies.Clear();", "default | default")]
    [InlineData("try { o.KnownProxies.Clear(); } catch (Exception) when (object.Equals(o, 1)) { }", "empty/unknown | default/unknown")]
    [InlineData("try { o.KnownProxies.Clear(); } catch { throw; }", "empty | default")]
    [InlineData("try { o.KnownProxies.Clear(); } catch { return; } o.KnownIPNetworks.Clear();", "default/empty | default/empty")]
    [InlineData("(flag ? o.KnownProxies : throw new Exception()).Clear();", "empty | default")]
    [InlineData("(flag ? throw new Exception() : o.KnownProxies).Clear();", "empty | default")]
    [InlineData("(flag ? o.KnownProxies : o.KnownProxies).Clear();", "empty | default")]
    [InlineData("(o ?? throw new Exception()).KnownProxies.Clear();", "empty | default")]
    [InlineData("IList<string> all = texts ?? Get(); List<string> Get() { o.KnownProxies.Clear(); return []; }", "default/empty | default")]
    [InlineData("if (flag && Emptied()) { } bool Emptied() { o.KnownProxies.Clear(); return true; }", "default/empty | default")]
    [InlineData("if (flag || Emptied()) { } bool Emptied() { o.KnownProxies.Clear(); return true; }", "default/empty | default")]
    [InlineData("if (Emptied() && flag) { } bool Emptied() { o.KnownProxies.Clear(); return true; }", "empty | default")]
    [InlineData("_ = env.IsProduction() && Emptied(); bool Emptied() { o.KnownProxies.Clear(); return true; }", "empty | default")]
    [InlineData("_ = env.IsDevelopment() && Emptied(); bool Emptied() { o.KnownProxies.Clear(); return true; }", "default | default")]
    [InlineData("_ = env.IsDevelopment() || Emptied(); bool Emptied() { o.KnownProxies.Clear(); return true; }", "empty | default")]
    [InlineData("_ = env.IsProduction() || Emptied(); bool Emptied() { o.KnownProxies.Clear(); return true; }", "default | default")]
    [InlineData("_ = flag && Fails(); o.KnownProxies.Clear(); bool Fails() => throw new Exception();", "empty | default")]
    internal void Branches(string body, string expected) => Assert.Equal(expected, Lists(body));

    // Two values of which nobody knows which one it is, are as good as handed to somebody else.
    [Theory]
    [InlineData("var p = flag ? o : new ForwardedHeadersOptions(); p.KnownProxies.Clear();", "default/empty | default")]
    [InlineData("var p = texts.Count switch { 0 => new ForwardedHeadersOptions(), _ => o }; p.KnownProxies.Clear();", "default/empty | default")]
    [InlineData("(flag ? o : new ForwardedHeadersOptions()).KnownProxies.Add(peer);", "default/filled | default")]
    [InlineData("IList<IPAddress>? p = flag ? o.KnownProxies : null; p?.Clear();", "unknown | default")]
    [InlineData("IList<IPAddress>? p = texts.Count switch { 0 => null, _ => o.KnownProxies }; p?.Clear();", "default/unknown | default")]
    [InlineData("IList<IPAddress>? p = texts.Count switch { 0 => o.KnownProxies, _ => null }; p?.Clear();", "default/unknown | default")]
    [InlineData("var p = o.KnownProxies ?? []; p.Add(peer);", "unknown | default")]
    [InlineData("var p = o ?? new ForwardedHeadersOptions(); p.KnownProxies.Clear();", "default/empty | default")]
    [InlineData("(flag ? (System.Collections.IList)o.KnownProxies : (System.Collections.IList)o.KnownIPNetworks).Clear();", "unknown | unknown")]
    [InlineData("Pick().Clear(); IList<IPAddress> Pick() { if (flag) { return o.KnownProxies; } return o.KnownProxies; }", "empty | default")]
    [InlineData("Pick().Clear(); IList<IPAddress> Pick() { if (flag) { return []; } return o.KnownProxies; }", "default/unknown | default")]
    [InlineData("Pick().Clear(); IList<IPAddress> Pick() { if (flag) { return o.KnownProxies; } return []; }", "default/unknown | default")]
    [InlineData("Pick().KnownProxies.Clear(); ForwardedHeadersOptions Pick() { if (flag) { return o; } return new(); }", "default/empty | default")]
    [InlineData("var p = o; if (flag) { p = new(); } p.KnownProxies.Clear();", "default/empty | default")]
    [InlineData("ForwardedHeadersOptions? p = null; p ??= o; p.KnownProxies.Clear();", "unknown | unknown")]
    [InlineData("var p = o; p ??= new(); p.KnownProxies.Clear();", "default/empty | default")]
    [InlineData("Own.Any ??= o; o.KnownProxies.Clear();", "empty | unknown")]
    [InlineData("o.KnownProxies.Clear(); Own.Any ??= o;", "unknown | unknown")]
    internal void One_of_several_values(string body, string expected) => Assert.Equal(expected, Lists(body));

    [Theory]
    [InlineData(Probe, "certain")]
    [InlineData("if (flag) { " + Probe + " }", "switch")]
    [InlineData("if (!flag) { } else { " + Probe + " }", "switch")]
    [InlineData("if (flag) { } else { " + Probe + " }", "not certain")]
    [InlineData("if (!flag) { " + Probe + " }", "not certain")]
    [InlineData("if (texts.Count == 0) { " + Probe + " }", "not certain")]
    [InlineData("if (flag) { o.ForwardLimit = 1; } " + Probe, "certain")]
    [InlineData("if (flag) { throw new Exception(); } " + Probe, "certain")]
    [InlineData("if (!flag) { throw new Exception(); } " + Probe, "certain")]
    [InlineData("if (flag) { } else { throw new Exception(); } " + Probe, "certain")]
    [InlineData("if (flag) { return; } " + Probe, "not certain")]
    [InlineData("if (!flag) { return; } " + Probe, "switch")]
    [InlineData("if (flag) { } else { return; } " + Probe, "switch")]
    [InlineData("if (flag) { if (texts.Count > 9) { return; } throw new Exception(); } " + Probe, "not certain")]
    [InlineData("if (flag) { if (texts.Count > 9) { return; } else { throw new Exception(); } } " + Probe, "not certain")]
    [InlineData("if (flag) { if (texts.Count > 9) { return; } } " + Probe, "not certain")]
    [InlineData("if (flag) { if (texts.Count > 9) { throw new Exception(); } } " + Probe, "certain")]
    [InlineData("if (flag) { Inner(); } " + Probe + " void Inner() { if (texts.Count > 9) { return; } throw new Exception(); }", "certain")]
    [InlineData("Inner(); " + Probe + " void Inner() { if (flag) { return; } }", "certain")]
    [InlineData("Inner(); void Inner() { if (flag) { return; } " + Probe + " }", "not certain")]
    [InlineData("if (env.IsProduction()) { " + Probe + " }", "certain")]
    [InlineData("while (true) { if (texts.Count > 9) { break; } " + Probe + " break; }", "not certain")]
    [InlineData("while (true) { if (texts.Count > 9) { throw new Exception(); } " + Probe + " break; }", "certain")]
    [InlineData("foreach (var t in new[] { \"a\" }) { if (texts.Count > 9) { continue; } " + Probe + " }", "not certain")]
    [InlineData("foreach (var t in new[] { \"a\" }) { " + Probe + " }", "certain")]
    [InlineData("foreach (var t in texts) { " + Probe + " }", "not certain")]
    [InlineData("foreach (var t in texts) { if (flag) { break; } } " + Probe, "certain")]
    [InlineData("foreach (var t in texts) { if (flag) { return; } } " + Probe, "not certain")]
    [InlineData("if (texts.Count > 9) { foreach (var t in new[] { \"a\" }) { " + Probe + " } }", "not certain")]
    [InlineData("if (texts.Count > 9) { do { " + Probe + " } while (flag); }", "not certain")]
    [InlineData("do { " + Probe + " } while (flag);", "certain")]
    [InlineData("while (flag) { " + Probe + " }", "not certain")]
    [InlineData("while (o.KnownProxies.Count > 0) { o.KnownProxies.RemoveAt(0); " + Probe + " }", "certain")]
    [InlineData("for (var i = 0; i < 3; i++) { } " + Probe, "certain")]
    [InlineData("switch (texts.Count) { default: " + Probe + " break; }", "not certain")]
    [InlineData("switch (texts.Count) { case 0: break; } " + Probe, "certain")]
    [InlineData("switch (texts.Count) { case 0: return; } " + Probe, "not certain")]
    [InlineData("switch (texts.Count) { case 0: throw new Exception(); } " + Probe, "certain")]
    [InlineData("foreach (var t in new[] { \"a\" }) { switch (texts.Count) { case 0: continue; } " + Probe + " }", "not certain")]
    [InlineData("_ = texts.Count switch { 0 => 1, _ => 2 }; " + Probe, "certain")]
    [InlineData("_ = texts.Count switch { 0 => Inner(), _ => 2 }; int Inner() { " + Probe + " return 1; }", "not certain")]
    [InlineData("try { " + Probe + " } catch { }", "certain")]
    [InlineData("try { } catch { " + Probe + " }", "not certain")]
    [InlineData("try { } catch { } " + Probe, "certain")]
    [InlineData("try { } finally { " + Probe + " }", "certain")]
    [InlineData("try { } catch { return; } " + Probe, "not certain")]
    [InlineData("try { } catch { throw; } " + Probe, "certain")]
    [InlineData("_ = texts ?? Inner(); List<string> Inner() { " + Probe + " return []; }", "not certain")]
    [InlineData("_ = texts ?? []; " + Probe, "certain")]
    [InlineData("_ = flag && Inner(); bool Inner() { " + Probe + " return true; }", "not certain")]
    [InlineData("_ = flag && other; " + Probe, "certain")]
    [InlineData("_ = env.IsProduction() && Inner(); bool Inner() { " + Probe + " return true; }", "certain")]
    [InlineData("foreach (var t in o.KnownProxies) { " + Probe + " }", "certain")]
    [InlineData("if (flag) { if (texts.Count > 9) { } else { " + Probe + " } }", "switch")]
    [InlineData("if (flag) { } else { if (flag) { return; } } " + Probe, "not certain")]
    [InlineData("try { if (flag) { return; } } finally { } " + Probe, "not certain")]
    [InlineData("try { } catch (Exception) when (Inner()) { } bool Inner() { " + Probe + " return true; }", "not certain")]
    [InlineData("o.KnownProxies.Add(env.IsDevelopment() ? peer : flag ? IPAddress.Parse(\"10.0.0.9\") : peer);", "switch")]
    [InlineData("o.KnownProxies.Add(flag ? IPAddress.Parse(\"10.0.0.9\") : peer);", "switch")]
    [InlineData("o.KnownProxies.Add(env.IsProduction() ? IPAddress.Parse(\"10.0.0.9\") : peer);", "certain")]
    [InlineData("o.KnownProxies.Add(IPAddress.Parse(\"10.0.0.9\") ?? peer);", "not certain")]
    [InlineData("(flag ? o : new ForwardedHeadersOptions()).KnownProxies.Add(IPAddress.Parse(\"10.0.0.9\"));", "not certain")]
    internal void Certainty(string body, string expected)
    {
        var entry = Assert.Single(StateOf(body).Proxies.Entries);
        Assert.Equal(expected, entry.IsOptIn ? "switch" : entry.IsCertain ? "certain" : "not certain");
    }

    // A switch around the object itself is no switch for what is added to it.
    [Fact]
    internal void A_switch_counts_from_the_object_on() => Assert.False(Assert.Single(Read("""
        class C
        {
            object? M(bool flag)
            {
                if (flag)
                {
                    var made = new ForwardedHeadersOptions();
                    made.KnownProxies.Add(IPAddress.Parse("10.0.0.1"));
                    return made;
                }

                return null;
            }
        }
        """).Objects.Single().State.Proxies.Entries).IsOptIn);

    [Theory]
    [InlineData("o.KnownProxies.Count.ToString();", true)]
    [InlineData("_ = o.KnownProxies.Any();", true)]
    [InlineData("_ = o.KnownProxies.Contains(peer);", true)]
    [InlineData("_ = o.KnownProxies[0];", true)]
    [InlineData("var p = o.KnownProxies; _ = p.ToList();", true)]
    [InlineData("if (flag && o.KnownProxies.Count == 0) { throw new InvalidOperationException(); }", true)]
    [InlineData("if (flag && o.KnownProxies.Count == 0) { o.ForwardLimit = 2; }", true)]
    [InlineData("if (flag && o.KnownProxies.Count == 0) { }", false)]
    [InlineData("if (flag && o.KnownProxies.Count == 0) { ; Console.WriteLine(); } else if (flag) { Console.WriteLine(); }", false)]
    [InlineData("if (flag) { _ = o.KnownProxies.First(); }", true)]
    [InlineData("o.KnownProxies.Clear();", false)]
    [InlineData("o.KnownProxies.Add(peer);", false)]
    [InlineData("_ = o.KnownIPNetworks.Any();", false)]
    internal void A_list_is_inspected(string body, bool expected) => Assert.Equal(expected, StateOf(body).Proxies.IsInspected);

    // Each condition on the list says something of both ways; a list that texts have filled may be empty before it.
    [Theory]
    [InlineData("if (o.KnownProxies.Count == 0) { o.KnownProxies.Add(peer); }", "filled")]
    [InlineData("if (o.KnownProxies.Count != 0) { } else { o.KnownProxies.Add(peer); }", "filled")]
    [InlineData("if (o.KnownProxies.Count > 0) { } else { o.KnownProxies.Add(peer); }", "filled")]
    [InlineData("if (!o.KnownProxies.Any()) { o.KnownProxies.Add(peer); }", "filled")]
    [InlineData("if (!(o.KnownProxies.Count > 0)) { o.KnownProxies.Add(peer); }", "filled")]
    [InlineData("if (o.KnownProxies.Any(p => flag)) { } else { o.KnownProxies.Add(peer); }", "empty/filled")]
    [InlineData("if (o.KnownProxies.Count > 1) { o.KnownProxies.Clear(); o.KnownProxies.Add(peer); }", "empty/filled")]
    [InlineData("if (o.KnownProxies.Count == 0) { throw new Exception(); }", "filled")]
    [InlineData("if (o.KnownProxies.Count == 0 && flag) { o.KnownProxies.Add(peer); }", "empty/filled")]
    [InlineData("if (flag && o.KnownProxies.Count == 0) { throw new Exception(); }", "empty/filled")]
    [InlineData("if (o.KnownProxies.Count > 0 || flag) { } else { o.KnownProxies.Add(peer); }", "empty/filled")]
    [InlineData("if (o.KnownProxies.Count == 0 || flag) { throw new Exception(); }", "filled")]
    [InlineData("if (flag || o.KnownProxies.Count == 0) { throw new Exception(); }", "filled")]
    [InlineData("if (o.KnownProxies.Count > 0 && flag) { throw new Exception(); }", "empty/filled")]
    [InlineData("if (o.KnownProxies.Count > 0) { throw new Exception(); }", "empty")]
    [InlineData("if (texts.Any()) { } else { o.KnownProxies.Add(peer); }", "empty/filled")]
    [InlineData("if (texts.Count == 0) { o.KnownProxies.Add(peer); }", "empty/filled")]
    [InlineData("if (o.KnownIPNetworks.Count == 0) { o.KnownProxies.Add(peer); }", "empty/filled")]
    internal void A_condition_finds_the_list_empty_or_not(string body, string expected) => Assert.Equal(
        expected, Write(StateOf("o.KnownProxies.Clear(); foreach (var t in texts) { o.KnownProxies.Add(peer); } " + body).Proxies));

    // What a condition has asked about is taken to have been found not empty.
    [Theory]
    [InlineData("if (texts.Count == 0) { throw new Exception(); } ", "texts", "filled")]
    [InlineData("if (texts.Count == 0) { throw new Exception(); } ", "texts.ToArray()", "filled")]
    [InlineData("if (texts.Count == 0) { throw new Exception(); } ", "texts.Where(x => x.Length > 0).Select(x => x)", "filled")]
    [InlineData("if (texts.Count == 0) { throw new Exception(); } ", "texts ?? []", "filled")]
    [InlineData("if (texts.Count == 0) { throw new Exception(); } var copy = texts.Distinct().ToList(); ", "copy", "filled")]
    [InlineData("if (texts.Count == 0) { throw new Exception(); } ", "(IEnumerable<string>)texts", "filled")]
    [InlineData("if (texts is { Count: > 0 } all) { } else { all = []; } ", "all", "filled")]
    [InlineData("switch (texts.Count) { case 0: throw new Exception(); } ", "texts", "filled")]
    [InlineData("var list = new { Texts = texts }; if (list.Texts.Count == 0) { throw new Exception(); } ", "list.Texts", "filled")]
    [InlineData("", "texts", "empty/filled")]
    [InlineData("if (flag) { throw new Exception(); } ", "texts", "empty/filled")]
    [InlineData("if (texts.Count == 0) { throw new Exception(); } ", "configuration.AsEnumerable().Select(p => p.Key)", "empty/filled")]
    [InlineData("if (texts.Count == 0) { throw new Exception(); } var copy = new List<string>(); copy.AddRange(texts); ", "copy", "empty/filled")]
    [InlineData("", "Dns.GetHostAddresses(\"proxy\").Select(a => a.ToString())", "filled")]
    [InlineData("", "Dns.GetHostEntry(\"proxy\").AddressList.Select(a => a.ToString())", "filled")]
    internal void A_collection_that_was_asked_for_its_size(string before, string collection, string expected)
    {
        Assert.Equal(expected, Write(StateOf($"{before} o.KnownProxies.Clear(); foreach (var t in {collection}) {{ o.KnownProxies.Add(IPAddress.Parse(t)); }}").Proxies));
        Assert.Equal(expected, Write(StateOf($"{before} o.KnownProxies.Clear(); {Listed(collection)}.ForEach(t => o.KnownProxies.Add(IPAddress.Parse(t)));").Proxies));
        Assert.Equal(expected, Write(StateOf($"{before} o.KnownProxies.Clear(); ((List<IPAddress>)o.KnownProxies).AddRange(({collection}).Select(IPAddress.Parse));").Proxies));
    }

    private static string Listed(string collection) => $"({collection}).ToList()";

    // Every expression is read for what it hands on.
    [Theory]
    [InlineData("if (object.Equals(o, 1)) { }")]
    [InlineData("_ = object.Equals(o, 1) ? 1 : 2;")]
    [InlineData("switch (object.Equals(o, 1)) { case true: break; }")]
    [InlineData("_ = object.Equals(o, 1) switch { true => 1, _ => 2 };")]
    [InlineData("_ = object.Equals(o, 1) && flag;")]
    [InlineData("_ = (object?)Convert.ToString(o) ?? 1;")]
    [InlineData("while (object.Equals(o, 1)) { }")]
    [InlineData("do { } while (object.Equals(o, 1));")]
    [InlineData("foreach (var e in new object[] { o }) { }")]
    [InlineData("foreach (var e in (object[])Convert.ChangeType(o, typeof(object[]))) { }")]
    [InlineData("Array.ForEach((string[])Convert.ChangeType(o, typeof(string[])), t => { });")]
    [InlineData("o.ForwardLimit = Convert.ToInt32(o);")]
    [InlineData("o.ForwardedHeaders = (ForwardedHeaders)Convert.ToInt32(o);")]
    [InlineData("o.ForwardedForHeaderName = Convert.ToString(o)!;")]
    [InlineData("o.OriginalForHeaderName = Convert.ToString(o)!;")]
    [InlineData("o.RequireHeaderSymmetry = Convert.ToBoolean(o);")]
    [InlineData("o.AllowedHosts = (IList<string>)Convert.ChangeType(o, typeof(IList<string>));")]
    [InlineData("o.AllowedHosts.Insert(Convert.ToInt32(o), \"a\");")]
    [InlineData("o.KnownProxies.RemoveAt(Convert.ToInt32(o));")]
    [InlineData("_ = o.KnownProxies.Concat((IEnumerable<IPAddress>)(object)o);")]
    [InlineData("_ = texts[Convert.ToInt32(o)];")]
    [InlineData("var s = \"\"; s += Convert.ToString(o);")]
    [InlineData("Own.Any = o;")]
    [InlineData("_ = new WeakReference(o);")]
    [InlineData("_ = new Marked(o);")]
    [InlineData("_ = new List<object> { o };")]
    [InlineData("o.GetHashCode();")]
    [InlineData("virtually.Fill(o);")]
    [InlineData("var q = new ForwardedHeadersOptions(); (o, q) = (q, o);")]
    internal void What_an_expression_hands_on_gets_out_of_sight(string body)
    {
        var lists = Lists("o.KnownProxies.Clear(); var held = o;" + body);
        Assert.Contains("unknown", lists.Split('|')[0]);
        Assert.Contains("unknown", lists.Split('|')[1]);
    }

    [Theory]
    [InlineData("Own.Trust(o, \"10.0.0.1\"); Own.Trust(o, \"10.0.0.2\");", "filled(10.0.0.1, 10.0.0.2) | default")]
    [InlineData("foreach (var t in new[] { \"10.0.0.1\" }) { Own.Trust(o, t); }", "filled(10.0.0.1) | default")]
    [InlineData("Own.Block(o);", "empty | default")]
    [InlineData("Partly.Empty(o);", "empty | default")]
    [InlineData("o.KnownProxies.Wipe();", "empty | default")]
    [InlineData("Own.Wipe(list: o.KnownProxies);", "empty | default")]
    [InlineData("Own.Same(o).KnownProxies.Clear();", "empty | default")]
    [InlineData("Microsoft.Extensions.Options.Options.Create(o).Value.KnownProxies.Clear();", "empty | default")]
    [InlineData("Action<string> add = t => o.KnownProxies.Add(IPAddress.Parse(t)); add(\"10.0.0.1\"); add(\"10.0.0.2\");", "filled(10.0.0.1, 10.0.0.2) | default")]
    [InlineData("Action<ForwardedHeadersOptions> open = Own.Block; open(o);", "empty | default")]
    [InlineData("Action open = o.KnownProxies.Clear; open();", "unknown | default")]
    [InlineData("GC.KeepAlive((Action)(() => o.KnownProxies.Clear()));", "default/empty | default")]
    [InlineData("new[] { \"a\" }.ForEach(() => o.KnownProxies.Clear());", "empty | default")]
    [InlineData("virtually.ForEach(); o.KnownProxies.Clear();", "empty | default")]
    [InlineData("Array.ForEach(new[] { \"10.0.0.1\" }, t => o.KnownProxies.Add(IPAddress.Parse(t)));", "filled(10.0.0.1) | default")]
    [InlineData("Go().Wait(); async Task Go() { (await Made()).KnownProxies.Clear(); } async Task<ForwardedHeadersOptions> Made() { await Task.Yield(); return o; }", "empty | default")]
    [InlineData("ForwardedHeadersOptions p; p = o; p.KnownProxies.Clear();", "empty | default")]
    [InlineData("var p = o; p = null!; p?.KnownProxies.Clear();", "default | default")]
    [InlineData("var p = o; (p, _) = (null!, 1); p?.KnownProxies.Clear();", "default | default")]
    [InlineData("var p = o; virtually.Get(out p); p.KnownProxies.Clear();", "default | default")]
    [InlineData("var p = new ForwardedHeadersOptions(); Put(ref p); p.KnownProxies.Clear(); void Put(ref ForwardedHeadersOptions q) => q = o;", "empty | default")]
    [InlineData("Take(o); void Take(ForwardedHeadersOptions p) { p = new(); p.KnownProxies.Clear(); }", "default | default")]
    internal void Functions_and_variables(string body, string expected) => Assert.Equal(expected, Lists(body));

    [Theory]
    [InlineData(7, "empty | default")]
    [InlineData(8, "unknown | unknown")]
    internal void Calls_are_followed_to_a_bounded_depth(int depth, string expected)
    {
        var functions = Enumerable.Range(1, depth - 1).Select(i => $"void F{i}(ForwardedHeadersOptions p) => F{i + 1}(p);");
        Assert.Equal(expected, Lists($"F1(o); {string.Join(" ", functions)} void F{depth}(ForwardedHeadersOptions p) => p.KnownProxies.Clear();"));
    }

    [Theory]
    [InlineData(7, "empty | default")]
    [InlineData(8, "unknown | unknown")]
    internal void Delegates_are_followed_to_a_bounded_depth(int depth, string expected)
    {
        var functions = Enumerable.Range(1, depth - 1).Reverse().Select(i => $"Action<ForwardedHeadersOptions> f{i} = p => f{i + 1}(p);");
        Assert.Equal(expected, Lists($"Action<ForwardedHeadersOptions> f{depth} = p => p.KnownProxies.Clear(); {string.Join(" ", functions)} f1(o);"));
    }

    [Fact]
    internal void A_long_body_is_read_and_a_deep_expression_is_not()
    {
        Assert.Equal("empty | default", Lists("o.KnownProxies.Clear();" + string.Concat(Enumerable.Repeat("texts.Add(\"\");", 400))));
        Assert.Equal("unknown | unknown", Lists("o.KnownProxies.Clear(); GC.KeepAlive(" + string.Join(" + ", Enumerable.Repeat("texts[0]", 400)) + ");"));
    }

    [Theory]
    [InlineData("o.KnownProxies.Remove(IPAddress.IPv6Loopback);", "empty | default")]
    [InlineData("o.KnownProxies.Remove(IPAddress.Loopback);", "unknown | default")]
    [InlineData("o.KnownProxies.Remove(peer);", "unknown | default")]
    [InlineData("o.KnownProxies.RemoveAt(0); o.KnownProxies.RemoveAt(0);", "empty | default")]
    [InlineData("o.KnownProxies.Add(peer); o.KnownProxies.RemoveAt(0);", "unknown | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).RemoveRange(0, 1);", "empty | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).RemoveAll(p => true);", "empty | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).RemoveAll(p => false);", "unknown | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).RemoveAll(p => { GC.KeepAlive(p); return true; });", "unknown | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).RemoveAll(p => flag);", "unknown | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).Reverse();", "unknown | default")]
    [InlineData("o.KnownProxies.Insert(0, IPAddress.Parse(\"10.0.0.1\"));", "filled(10.0.0.1) | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).InsertRange(0, [IPAddress.Parse(\"10.0.0.1\")]);", "filled(10.0.0.1) | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).AddRange(new[] { IPAddress.Parse(\"10.0.0.1\"), peer });", "filled(10.0.0.1) | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).AddRange(texts.Select(IPAddress.Parse));", "default/filled | default")]
    [InlineData("((List<IPAddress>)o.KnownProxies).AddRange((IEnumerable<IPAddress>)(object)o);", "filled/unknown | unknown")]
    [InlineData("o.KnownProxies.Add((IPAddress)Convert.ChangeType(o, typeof(IPAddress)));", "filled | unknown")]
    [InlineData("o.KnownProxies.Clear(); configuration.Bind(o);", "empty | default")]
    [InlineData("o.KnownProxies.Clear(); configuration.Bind(\"key\", o);", "empty | default")]
    [InlineData("o.KnownProxies.Clear(); configuration.Bind(o.KnownProxies);", "unknown | default")]
    internal void Changes_of_a_list(string body, string expected) => Assert.Equal(expected, Lists(body));
}
