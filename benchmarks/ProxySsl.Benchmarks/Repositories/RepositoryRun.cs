using System.Threading.Tasks;

namespace ProxySsl.Benchmarks.Repositories;

internal static class RepositoryRun
{
    internal static Task<int> Run(string folder, Arguments arguments) => Task.FromResult(0);
}
