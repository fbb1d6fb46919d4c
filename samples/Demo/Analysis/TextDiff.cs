using System;
using System.Collections.Generic;
using System.Text;

namespace ProxySsl.Demo.Analysis;

/// <summary>The difference of two texts in the unified form.</summary>
internal static class TextDiff
{
    private const int Context = 2;

    /// <summary>The changed places with the lines around them; empty where the texts are the same.</summary>
    internal static string Unified(string name, string before, string after)
    {
        var edits = Edits(Lines(before), Lines(after));
        var result = new StringBuilder();
        var shownUpTo = -1;
        for (var i = 0; i < edits.Count; i++)
        {
            if (edits[i].Mark == ' ')
            {
                continue;
            }

            // a hunk reaches as far as changes follow each other within twice the context
            var end = i;
            for (var j = i; j < edits.Count && j <= end + (2 * Context); j++)
            {
                end = edits[j].Mark == ' ' ? end : j;
            }

            var start = Math.Max(Math.Max(0, i - Context), shownUpTo + 1);
            var stop = Math.Min(edits.Count - 1, end + Context);
            AppendHunk(result, edits, start, stop);
            shownUpTo = stop;
            i = end;
        }

        return result.Length == 0 ? "" : $"--- {name} (before)\n+++ {name} (after)\n{result}";
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static void AppendHunk(StringBuilder result, List<(char Mark, string Line)> edits, int start, int stop)
    {
        var (oldLine, newLine) = (1, 1);
        for (var i = 0; i < start; i++)
        {
            oldLine += edits[i].Mark == '+' ? 0 : 1;
            newLine += edits[i].Mark == '-' ? 0 : 1;
        }

        var hunk = edits.GetRange(start, stop - start + 1);
        var oldCount = hunk.FindAll(e => e.Mark != '+').Count;
        var newCount = hunk.FindAll(e => e.Mark != '-').Count;
        result.Append($"@@ -{oldLine},{oldCount} +{newLine},{newCount} @@\n");
        foreach (var (mark, line) in hunk)
        {
            result.Append(mark).Append(line).Append('\n');
        }
    }

    /// <summary>By the longest common subsequence; the files of an app are short enough for its square.</summary>
    private static List<(char Mark, string Line)> Edits(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var edits = new List<(char, string)>();
        var (x, y) = (0, 0);
        while (x < before.Length || y < after.Length)
        {
            if (x < before.Length && y < after.Length && before[x] == after[y])
            {
                edits.Add((' ', before[x++]));
                y++;
            }
            else if (y == after.Length || (x < before.Length && common[x + 1, y] >= common[x, y + 1]))
            {
                edits.Add(('-', before[x++]));
            }
            else
            {
                edits.Add(('+', after[y++]));
            }
        }

        return edits;
    }
}
