package rondo.server.cli.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import rondo.server.backup.file.RecoveryKey;
import rondo.server.config.StartException;
import rondo.server.storage.PrivateFile;
import tools.jackson.databind.json.JsonMapper;

/** Makes a recovery key, on this machine. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a recovery key: two files, of which FILE.pub seals backups and FILE opens them.",
      "Keep FILE apart from the cluster and from the backups, more than once: no backup can be"
          + " restored without it, and whoever has it can read them all."
    })
public final class RecoveryKeyCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Gets the private half; FILE.pub the public one.")
  Path file = Path.of("");

  @Option(names = "--json", description = "Shows the names of the files as JSON.")
  boolean json;

  @Override
  public Integer call() {
    Path shown = file.resolveSibling(file.getFileName() + ".pub");
    for (Path one : new Path[] {file, shown}) {
      if (Files.exists(one)) {
        throw new StartException(one + " is there already: a key is never written over");
      }
    }
    RecoveryKey.Pair pair = RecoveryKey.make();
    PrivateFile.write(file, pair.privateHalf() + "\n");
    PrivateFile.write(shown, pair.publicHalf() + "\n");
    String name = RecoveryKey.seals(pair.publicHalf()).name();
    String text =
        json
            ? JsonMapper.shared()
                .writeValueAsString(
                    Map.of("name", name, "private", file.toString(), "public", shown.toString()))
            : "recovery key %s: %s opens backups, %s seals them".formatted(name, file, shown);
    if (spec != null) {
      spec.commandLine().getOut().println(text);
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
