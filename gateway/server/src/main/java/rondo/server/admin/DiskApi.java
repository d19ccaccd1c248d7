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
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiCall;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.Page;
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
public final class DiskApi implements ApiFamily {
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

  @Override
  public List<ApiRoute> routes() {
    JsonSchema folder =
        JsonSchema.text(1, 4096).described("The folder's whole path on the node's machine.");
    JsonSchema named =
        JsonSchema.object(
            JsonSchema.required("folder", folder),
            JsonSchema.optional("cancel", JsonSchema.flag()));
    return List.of(
        ApiRoute.get("/v1/disks", "Lists the data folders of this node.")
            .old("/disks")
            .forOperators()
            .paged()
            .gives(
                JsonSchema.page(
                    "disks", JsonSchema.answer("folder:string", "holds:string", "state:string")),
                this::list),
        order("add", "Has the node use a further folder.", named),
        order("drain", "Moves a folder's chunks to the node's others, or ends that.", named),
        order("replace", "Begins a folder anew whose disk was replaced by an empty one.", named));
  }

  private ApiRoute order(String what, String summary, JsonSchema body) {
    return ApiRoute.post("/v1/disks/" + what, summary)
        .old("/disks/" + what)
        .takes(body)
        .gives(JsonSchema.words(), call -> order(what, call.json()));
  }

  /** Shows each folder: the room on its disk, its part, and its failure or how far it has left. */
  private ApiAnswer list(ApiCall call) {
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
    return ApiAnswer.of(
        call.old()
            ? Map.of("disks", views)
            : Page.of("disks", views, it -> String.valueOf(it.get("folder")), call));
  }

  /** Carries out an order about a folder of this node. */
  ApiAnswer order(String what, JsonNode body) {
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
      default -> ApiAnswer.refused(404, "there is no order '" + what + "' of disks");
    };
  }

  private ApiAnswer add(Path path) {
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
    return new ApiAnswer(200, Map.of("text", text));
  }

  private ApiAnswer drain(Path path) {
    long bytes = orders.drain(path);
    String text =
        bytes < 0
            ? "'%s' can't be read, so nothing moves: the node's next start doesn't open it any more, and fetches its chunks from other nodes%n"
                .formatted(path)
            : "'%s' leaves: it takes no new chunks, and %.1f MiB move to the other folders of this node. 'rondo disk list' shows how far that is%n"
                .formatted(path, bytes / MIB);
    return new ApiAnswer(200, Map.of("text", text));
  }

  private ApiAnswer cancel(Path path) {
    orders.cancel(path);
    String text =
        "'%s' stays, and takes new chunks again; those that have moved stay where they are%n"
            .formatted(path);
    return new ApiAnswer(200, Map.of("text", text));
  }

  private ApiAnswer replace(Path path) {
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
    return new ApiAnswer(
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
