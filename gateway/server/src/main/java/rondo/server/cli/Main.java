package rondo.server.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import rondo.server.bench.BenchCommand;
import rondo.server.cli.admin.ExplainCommand;
import rondo.server.cli.admin.KeysCommand;
import rondo.server.cli.admin.LayoutCommand;
import rondo.server.cli.admin.LifecycleCommand;
import rondo.server.cli.admin.StopCommand;
import rondo.server.cli.admin.UserCommand;
import rondo.server.cli.alias.AliasCommand;
import rondo.server.cli.audit.AuditCommand;
import rondo.server.cli.backup.BackupCommand;
import rondo.server.cli.backup.RestoreCommand;
import rondo.server.cli.bucket.BucketCommand;
import rondo.server.cli.node.DiskCommand;
import rondo.server.cli.node.LimitsCommand;
import rondo.server.cli.node.NodeCommand;
import rondo.server.cli.node.RescueCommand;
import rondo.server.cli.option.ExitStatus;
import rondo.server.cli.option.OptionDefaults;
import rondo.server.cli.view.HealthCommand;
import rondo.server.cli.view.JobsCommand;
import rondo.server.cli.view.LossesCommand;
import rondo.server.cli.view.MissingCommand;
import rondo.server.cli.view.RingCommand;
import rondo.server.cli.view.ScrubCommand;
import rondo.server.cli.view.StatusCommand;
import rondo.server.cli.view.TraceCommand;
import rondo.server.config.StartException;
import rondo.server.image.ImageCommand;
import rondo.server.kubernetes.KubernetesCommand;

/** The command line: runs the command that the arguments name. */
@Command(
    name = "rondo",
    description = "An S3-compatible object store without leaders.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start with:  rondo server          one node, S3 on 127.0.0.1:9000",
      "             rondo dev --nodes 3   three of them as one cluster"
    },
    subcommands = {
      ServerCommand.class,
      DevCommand.class,
      WarmUpCommand.class,
      RecoverCommand.class,
      RescueCommand.class,
      AliasCommand.class,
      CompletionCommand.class,
      TokenCommand.class,
      RootKeyCommand.class,
      UserCommand.class,
      LifecycleCommand.class,
      LayoutCommand.class,
      NodeCommand.class,
      DiskCommand.class,
      LimitsCommand.class,
      StopCommand.class,
      BucketCommand.class,
      ExplainCommand.class,
      AuditCommand.class,
      KeysCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      BenchCommand.class,
      ImageCommand.class,
      KubernetesCommand.class,
      RingCommand.class,
      StatusCommand.class,
      MissingCommand.class,
      HealthCommand.class,
      LossesCommand.class,
      ScrubCommand.class,
      JobsCommand.class,
      TraceCommand.class
    })
public final class Main {
  /** Read by logback.xml, which would log nothing in a format that it doesn't have. */
  private static final String LOG_FORMAT = "RONDO_LOG_FORMAT";

  private Main() {}

  public static void main(String[] arguments) {
    Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> end(failure));
    int status;
    try {
      status = commandLine(System.getenv(), arguments).execute(arguments);
    } catch (StartException e) {
      System.err.println("rondo: " + e.getMessage());
      status = ExitStatus.FAILED;
    }
    if (status >= 0) {
      System.exit(status);
    }
  }

  private static void end(Throwable failure) {
    FailureWords words = FailureWords.of(failure);
    System.err.println("rondo: " + words.words());
    System.exit(words.status());
  }

  /**
   * The command line. An option without a flag takes its value from {@code environment}.
   *
   * @throws StartException when the environment or the configuration file is wrong
   */
  public static CommandLine commandLine(Map<String, String> environment, String... arguments) {
    String format = environment.getOrDefault(LOG_FORMAT, "text");
    if (!format.equals("text") && !format.equals("json")) {
      throw new StartException(LOG_FORMAT + " is 'text' or 'json', not '" + format + "'");
    }
    CommandLine line = OptionDefaults.commandLine(new Main(), environment, arguments);
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(true);
    CommandList.in(line);
    line.setExecutionExceptionHandler(Main::explain);
    line.setParameterExceptionHandler(Main::refuse);
    return line;
  }

  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    FailureWords words = FailureWords.of(failure);
    line.getErr().println("rondo: " + words.words());
    return words.status();
  }

  private static int refuse(ParameterException refused, String... arguments) {
    CommandLine line = refused.getCommandLine();
    line.getErr().println("rondo: " + refused.getMessage());
    UnmatchedArgumentException.printSuggestions(refused, line.getErr());
    line.getErr()
        .println("'%s --help' tells more.".formatted(line.getCommandSpec().qualifiedName()));
    return ExitStatus.USAGE;
  }

  /** The version of the program's own jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "Rondo " + (version == null ? "(not packaged)" : version),
        "on Java " + Runtime.version() + ", " + System.getProperty("os.name")
      };
    }
  }
}
