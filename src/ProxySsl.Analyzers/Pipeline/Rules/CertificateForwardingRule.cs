using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using ProxySsl.Analyzers.Knowledge;

namespace ProxySsl.Analyzers.Pipeline.Rules;

/// <summary>PSSL3009: the client's certificate is taken from a header, whoever sent it. No proof of its private key is involved.</summary>
internal static class CertificateForwardingRule
{
    internal static IEnumerable<Finding> Find(PipelineQuestions questions)
    {
        if (questions.Compilation.IsLibrary)
        {
            // who may reach the app is known to the app
            yield break;
        }

        var places = new HashSet<Location>();
        foreach (var tree in questions.Pipelines.Trees)
        {
            var peerIsRead = false;
            foreach (var step in tree.Order.Steps)
            {
                // a middleware of the app that looks at the peer, or a condition of a branch that does, may refuse everyone but the proxy
                peerIsRead |= step.Step.MayCheckPeer || (step.Step.Fact is { Type: "", Role: MiddlewareRole.BranchCondition } own && (own.Reads & RequestReads.ClientAddress) != 0);
                if (step.Step.Has(MiddlewareRole.CertificateForwarding) && !peerIsRead && !step.Branches.Any(b => b.MayCheckPeer) && places.Add(step.Step.Location))
                {
                    yield return new Finding(
                        Descriptors.CertificateForwarding,
                        step.Step.Location,
                        $"{step.Step.Name} takes the client certificate from a request header of any sender, so whoever reaches the app directly can claim any certificate; let only the proxy's address reach it, or call it in UseWhen with a check of the peer's address");
                }
            }
        }
    }
}
