package rondo.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rondo.server.cli.option.ExitStatus;
import rondo.server.config.StartException;
import rondo.storage.chunk.RecoveryFindings;
import rondo.storage.extent.ExtentStore;
import rondo.storage.extent.file.ExtentSettings;
import rondo.store.system.SystemPorts;

/** Opens a stopped node's chunks, rebuilds bad indexes (or all of them), and reads every chunk. */
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "Reads all chunks of a node that is stopped, and makes what leads to them anew: the indexes",
      "of the extents (from the chunks' own headers) and the log of drops. What is damaged is",
      "noted; the node fetches it from others when it runs. Exits with 1 when something is."
    })
final class RecoverCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      split = ",",
      required = true,
      description = "The node's data folders.")
  List<Path> data = new ArrayList<>();

  @Option(
      names = "--from-records",
      description =
          "Trust no index: find every chunk by its header. Default: only where one is bad.")
  boolean fromRecords;

  @Override
  public Integer call() {
    List<Path> folders = data.stream().map(folder -> folder.resolve("extents")).toList();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new StartException("there is no " + folder + ": is it a data folder?");
      }
    }
    var settings = ExtentSettings.DEFAULT;
    try (var store =
        fromRecords
            ? ExtentStore.rebuild(folders, settings, SystemPorts.TIME, SystemPorts.CHANCE)
            : ExtentStore.open(folders, settings, SystemPorts.TIME, SystemPorts.CHANCE)) {
      store.onDamage(damage -> System.out.println("damaged: " + damage.what()));
      store.readAll();
      return report(store);
    }
  }

  private static int report(ExtentStore store) {
    RecoveryFindings recovered = store.recovered();
    var usage = store.usage();
    System.out.printf(
        "%d extents, %d of them with an index made anew; %d set aside as unreadable%n",
        recovered.extents(), recovered.rebuilt(), recovered.setAside());
    System.out.printf(
        "%d chunks, %d of them damaged; %d bytes alive, %d to be given back%n",
        store.chunks(), usage.damagedChunks(), usage.liveBytes(), usage.deadBytes());
    if (recovered.damagedMarks() > 0) {
      System.out.printf(
          "%d marks of dropped chunks were unreadable: those chunks are back until the node finds"
              + " that no row names them%n",
          recovered.damagedMarks());
    }
    boolean sound = recovered.setAside() == 0 && usage.damagedChunks() == 0;
    return sound ? 0 : ExitStatus.FAILED;
  }
}
