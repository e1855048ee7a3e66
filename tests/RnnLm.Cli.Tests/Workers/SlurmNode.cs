using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RnnLm.Cli.Tests.Workers;

/// <summary>A cluster of Slurm of one node, this machine, with servers, ports and a folder of its own.</summary>
internal sealed class SlurmNode : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-slurm-");
    private readonly List<Process> servers = [];
    private readonly Dictionary<string, string> environment; // what tells the commands of Slurm where it is

    private SlurmNode()
    {
        // Without a domain, as Slurm names nodes.
        var host = Dns.GetHostName().Split('.')[0];
        var (controllerPort, nodePort) = (FreePort(), FreePort());
        File.WriteAllText(Path.Combine(folder.FullName, "slurm.conf"), $"""
            ClusterName=tests
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={controllerPort}
            SlurmdPort={nodePort}
            AuthType=auth/none
            CredType=cred/none
            SlurmUser=root
            SlurmdUser=root
            StateSaveLocation={Directory.CreateDirectory(Path.Combine(folder.FullName, "state")).FullName}
            SlurmdSpoolDir={Directory.CreateDirectory(Path.Combine(folder.FullName, "spool")).FullName}
            SlurmctldPidFile={Path.Combine(folder.FullName, "slurmctld.pid")}
            SlurmdPidFile={Path.Combine(folder.FullName, "slurmd.pid")}
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            MpiDefault=none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            JobCompType=jobcomp/none
            NodeName={host} NodeAddr=127.0.0.1 CPUs={Environment.ProcessorCount} State=UNKNOWN
            PartitionName=all Nodes={host} Default=YES State=UP

            """);
        environment = new Dictionary<string, string> { ["SLURM_CONF"] = Path.Combine(folder.FullName, "slurm.conf") };
    }

    /// <summary>Starts the servers, and waits until the node takes work.</summary>
    public static async Task<SlurmNode> Start()
    {
        var node = new SlurmNode();
        try
        {
            foreach (var server in (string[][])[["slurmctld", "-D", "-c"], ["slurmd", "-D"]]) node.servers.Add(node.StartServer(server[0], server[1..]));
            await Tool.Until(async () => (await node.Run(node.folder.FullName, "sinfo", "--noheader", "--format=%T")).Output.Trim() == "idle");
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of Slurm.</summary>
    public Task<Outcome> Run(string folder, string program, params IEnumerable<string> arguments) => Tool.Run(folder, program, arguments, environment);

    /// <summary>Waits until no work is left.</summary>
    public Task UntilDone() => Tool.Until(async () => (await Run(folder.FullName, "squeue", "--noheader")).Output.Trim() == "");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        folder.Delete(recursive: true);
    }

    private Process StartServer(string program, string[] arguments)
    {
        var server = Tool.Start(folder.FullName, program, arguments, environment);
        // What they tell of themselves is of no interest, and must not fill a pipe.
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
