package rondo.gateway.boot;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import rondo.gateway.bench.BenchCommand;

/** The command line. */
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
      UserCommand.class,
      BenchCommand.class,
      ViewCommands.Ring.class,
      ViewCommands.Status.class
    })
public final class Main {
  /** Wrong use. */
  static final int USAGE = 2;

  /** A start or a command that failed. */
  static final int FAILED = 1;

  private Main() {}

  public static void main(String[] arguments) {
    int status = commandLine(System.getenv(), arguments).execute(arguments);
    if (status >= 0) {
      System.exit(status);
    }
  }

  /** The command line, with values that no flag gives taken from {@code environment}. */
  static CommandLine commandLine(Map<String, String> environment, String... arguments) {
    var line = new CommandLine(new Main());
    line.registerConverter(HostPort.class, HostPort::parse);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionExceptionHandler(Main::explain);
    line.setDefaultValueProvider(new Settings(environment, arguments));
    return line;
  }

  /** What a person can mend is one line; anything else is a defect, and shows itself whole. */
  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof StartException || failure instanceof IllegalArgumentException) {
      line.getErr().println("rondo: " + failure.getMessage());
      return failure instanceof StartException ? FAILED : USAGE;
    }
    throw failure;
  }

  /** From the program's own jar. */
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
