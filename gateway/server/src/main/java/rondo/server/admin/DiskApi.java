package rondo.server.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import rondo.server.admin.AdminServer.Answer;
import rondo.server.space.DiskSpace;
import rondo.server.space.DiskUse;
import rondo.server.storage.DiskOrders;
import rondo.server.storage.NodeStorage;
import rondo.storage.extent.LeavingFolder;
import tools.jackson.databind.JsonNode;

/**
 * Shows the data folders of this node, adds further ones, sends them away, and takes a replaced one
 * back. Thread-safe.
 */
public final class DiskApi {
  private static final double MIB = 1 << 20;

  /** A file of this name in an empty folder confirms that the folder is empty on purpose. */
  private static final String CONFIRMED = "rondo-new";

  private final DiskOrders orders;
  private final DiskSpace space;
  private final boolean capacityOfDisks;

  /**
   * @param capacityOfDisks whether the node offers the ring the size of its disks
   */
  public DiskApi(NodeStorage storage, boolean capacityOfDisks) {
    this.orders = storage.orders();
    this.space = storage.space();
    this.capacityOfDisks = capacityOfDisks;
  }

  /** Shows each folder: the room on its disk, its part, and its failure or how far it has left. */
  Answer list() {
    var views = new ArrayList<Map<String, Object>>();
    List<Path> folders = orders.folders();
    for (Path folder : folders) {
      var view = new LinkedHashMap<String, Object>();
      String failure = orders.failure(folder);
      LeavingFolder leaving = orders.leaving(folder);
      view.put("folder", folder.toString());
      view.put("holds", folder.equals(folders.getFirst()) ? "metadata, chunks" : "chunks");
      view.put("state", failure != null ? "failed" : leaving != null ? "leaving" : "works");
      DiskUse use = space.use(folder);
      if (use != null) {
        view.put("freeBytes", use.freeBytes());
        view.put("percent", use.percent());
        view.put("level", use.level());
      }
      view.put("failure", failure);
      if (leaving != null) {
        view.put("leaving", leaving);
        view.put("progress", orders.progress(folder, leaving));
      }
      views.add(view);
    }
    return new Answer(200, Map.of("disks", views));
  }

  /** Carries out an order about a folder of this node. */
  Answer order(String what, JsonNode body) {
    Path path = Path.of(body.path("folder").asString(""));
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException(
          "'%s' is no whole path: name the folder by it, as on the node's machine".formatted(path));
    }
    path = path.normalize();
    return switch (what) {
      case "replace" -> replace(path);
      case "add" -> add(path);
      case "drain" -> body.path("cancel").asBoolean(false) ? cancel(path) : drain(path);
      default -> new Answer(404, AdminServer.error("there is no order '" + what + "' of disks"));
    };
  }

  private Answer add(Path path) {
    Optional<Path> beside = orders.add(path);
    String text =
        "'%s' is a data folder of this node from now on: new chunks go to the folder with the most room%nAdd it to 'data' in the settings, too; until then the node remembers it by itself%n"
            .formatted(path);
    if (beside.isPresent()) {
      text +=
          "Warning: it is on the disk of '%s', so that it gives no more room, and one fault takes both%n"
              .formatted(beside.get());
    } else {
      text +=
          capacityOfDisks
              ? "The node's share of the ring grows with the disk at its next start%n".formatted()
              : "The node's share of the ring stays: its capacity is set by the settings%n"
                  .formatted();
    }
    return new Answer(200, Map.of("text", text));
  }

  private Answer drain(Path path) {
    long bytes = orders.drain(path);
    String text =
        bytes < 0
            ? "'%s' can't be read, so nothing moves: the node's next start doesn't open it any more, and fetches its chunks from other nodes%n"
                .formatted(path)
            : "'%s' leaves: it takes no new chunks, and %.1f MiB move to the other folders of this node. 'rondo disk list' shows how far that is%n"
                .formatted(path, bytes / MIB);
    return new Answer(200, Map.of("text", text));
  }

  private Answer cancel(Path path) {
    orders.cancel(path);
    String text =
        "'%s' stays, and takes new chunks again; those that have moved stay where they are%n"
            .formatted(path);
    return new Answer(200, Map.of("text", text));
  }

  private Answer replace(Path path) {
    Path folder = orders.find(path);
    if (folder.equals(orders.folders().getFirst())) {
      throw new IllegalArgumentException(
          "'%s' has the metadata: stop the node, empty the folder, and start it again. It takes its"
                  .formatted(path)
              + " own place");
    }
    if (orders.failure(folder) == null) {
      throw new IllegalArgumentException("'%s' works: nothing is to be replaced".formatted(path));
    }
    try {
      confirm(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException("can't write to '%s': %s".formatted(path, e), e);
    }
    return new Answer(
        200,
        Map.of(
            "text",
            "'%s' is begun anew within half a minute; its chunks are fetched from other nodes. 'rondo disk list' and 'rondo missing' show how far that is%n"
                .formatted(path)));
  }

  private static void confirm(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("'%s' is missing: mount the new disk".formatted(folder));
    }
    try (Stream<Path> inside = Files.list(folder)) {
      List<String> names = inside.map(it -> it.getFileName().toString()).toList();
      if (names.contains(CONFIRMED)) {
        throw new IllegalArgumentException(
            "'%s' is being replaced already: wait".formatted(folder));
      }
      if (names.stream().anyMatch(it -> !it.equals("lost+found"))) {
        throw new IllegalArgumentException(
            "'%s' isn't empty: if its data may go, empty it first".formatted(folder));
      }
    }
    Files.createFile(folder.resolve(CONFIRMED));
  }
}
