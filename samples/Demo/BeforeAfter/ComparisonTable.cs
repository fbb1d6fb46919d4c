using System;
using System.IO;
using System.Linq;

namespace ProxySsl.Demo.BeforeAfter;

/// <summary>The small table at the end: the same questions, before and after.</summary>
internal static class ComparisonTable
{
    internal static void Print(Behavior before, Behavior after, TextWriter output)
    {
        string[][] rows =
        [
            ["", "before", "after"],
            ["The browser opens the site over HTTPS", Opening(before), Opening(after)],
            [$"A client over plain HTTP says X-Forwarded-Proto: https", Spoof(before), Spoof(after)],
            [$"The browser ({Network.Browser}) is seen as", before.BrowserSeenAs, after.BrowserSeenAs],
            [$"An attacker ({Network.Attacker}) who says X-Forwarded-For: {Network.Claimed} is seen as", before.AttackerSeenAs, after.AttackerSeenAs],
        ];
        var widths = Enumerable.Range(0, 3).Select(c => rows.Max(r => r[c].Length)).ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            output.WriteLine("| " + string.Join(" | ", rows[i].Select((cell, c) => cell.PadRight(widths[c]))) + " |");
            if (i == 0)
            {
                output.WriteLine("|" + string.Join('|', widths.Select(w => new string('-', w + 2))) + "|");
            }
        }
    }

    private static string Opening(Behavior behavior) =>
        behavior.Answer is { } answer ? $"{(int)answer} {answer}" : $"redirect loop, gives up after {behavior.Redirects}";

    private static string Spoof(Behavior behavior) => behavior.SpoofedSchemeBelieved ? "believed: order accepted" : "refused";
}
