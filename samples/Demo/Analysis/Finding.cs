namespace ProxySsl.Demo.Analysis;

/// <summary>One report, as the compiler printed it or its log holds it.</summary>
/// <param name="Rule">The ID.</param>
/// <param name="Level">error, warning or note.</param>
/// <param name="File">The file with its full path; empty where the report belongs to no file.</param>
/// <param name="Line">The line, counted from 1; 0 without a file.</param>
/// <param name="Column">The column, counted from 1; 0 without a file.</param>
/// <param name="Message">The message.</param>
internal sealed record Finding(string Rule, string Level, string File, int Line, int Column, string Message);

/// <summary>What is known of a rule besides its reports.</summary>
internal sealed record Rule(string Id, string Title, string? HelpUri);
