package rondo.server.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.server.admin.AdminServer.Answer;
import rondo.server.space.DiskUse;
import rondo.server.storage.NodeStorage;
import tools.jackson.databind.JsonNode;

/** Shows the data folders of this node, and takes a replaced one back. Thread-safe. */
public final class DiskApi {
  private static final int NOT_IMPLEMENTED = 501;

  /** A file of this name in an empty folder confirms that the folder is empty on purpose. */
  private static final String CONFIRMED = "rondo-new";

  private final NodeStorage storage;
  private final List<Path> folders;

  /**
   * @param folders the data folders, the first one with the metadata
   */
  public DiskApi(NodeStorage storage, List<Path> folders) {
    this.storage = storage;
    this.folders = List.copyOf(folders);
  }

  /** Shows each folder: the room on its disk, its part, and its failure. */
  Answer list() {
    var views = new ArrayList<Map<String, Object>>();
    for (Path folder : folders) {
      var view = new LinkedHashMap<String, Object>();
      view.put("folder", folder.toString());
      view.put("holds", folder.equals(folders.getFirst()) ? "metadata, chunks" : "chunks");
      view.put("state", failure(folder) == null ? "works" : "failed");
      DiskUse use = storage.space().use(folder);
      if (use != null) {
        view.put("freeBytes", use.freeBytes());
        view.put("percent", use.percent());
        view.put("level", use.level());
      }
      view.put("failure", failure(folder));
      views.add(view);
    }
    return new Answer(200, Map.of("disks", views));
  }

  /** Why a folder doesn't work; null when it does. */
  private @Nullable String failure(Path folder) {
    String path = folder.toString();
    return storage.extents().failures().stream()
        .filter(line -> line.startsWith(path + " ") || line.startsWith(path + "/"))
        .findFirst()
        .orElse(null);
  }

  /** Carries out an order about a folder of this node. */
  Answer order(String what, JsonNode body) {
    Path path = Path.of(body.path("folder").asString("")).toAbsolutePath().normalize();
    return switch (what) {
      case "replace" -> replace(path);
      case "add" ->
          later(
              "a running node takes no further folder: add '%s' to --data and restart the node. New"
                      .formatted(path)
                  + " chunks then go to the folder with the most room");
      case "drain" ->
          later(
              "chunks don't move between the folders of a running node: 'rondo stop --when-safe',"
                  + " take '%s' out of --data, and start the node. It fetches what it lacks from"
                      .formatted(path)
                  + " other nodes; keep the disk until /health/whole is green");
      default -> new Answer(404, AdminServer.error("there is no order '" + what + "' of disks"));
    };
  }

  private static Answer later(String sentence) {
    return new Answer(NOT_IMPLEMENTED, AdminServer.error(sentence));
  }

  private Answer replace(Path path) {
    Path folder =
        folders.stream()
            .filter(it -> it.toAbsolutePath().normalize().equals(path))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "'%s' is no data folder of this node; there are %s".formatted(path, folders)));
    if (folder.equals(folders.getFirst())) {
      throw new IllegalArgumentException(
          "'%s' has the metadata: stop the node, empty the folder, and start it again. It takes its"
                  .formatted(path)
              + " own place");
    }
    String failure = failure(folder);
    if (failure == null) {
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
