package rondo.server.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A folder in the image layout of the Open Container Initiative, version 1.0. */
final class OciLayout {
  private static final String TYPE = "application/vnd.oci.image.";

  private final Path folder;
  private final String version;
  private final long seconds;
  private final List<Map<String, Object>> images = new ArrayList<>();

  /**
   * @param seconds when the image says that it was made, since 1970
   */
  OciLayout(Path folder, String version, long seconds) throws IOException {
    this.folder = folder;
    this.version = version;
    this.seconds = seconds;
    Files.createDirectories(folder.resolve("blobs/sha256"));
  }

  /** Where a blob is put before its digest is known. */
  Path scratch() {
    return folder.resolve("blobs/sha256/new");
  }

  /** Gives a blob its name. */
  void keep(ImageLayer.Packed layer) throws IOException {
    Files.move(scratch(), folder.resolve("blobs/sha256").resolve(layer.digest()));
  }

  /** Adds the image of that architecture; its layers are there. */
  void add(Architecture architecture, List<ImageLayer.Packed> layers) throws IOException {
    String created = Instant.ofEpochSecond(seconds).toString();
    var platform = Map.of("architecture", architecture.word(), "os", "linux");
    var config = new TreeMap<String, Object>(platform);
    config.put("created", created);
    config.put("config", settings(created));
    config.put("rootfs", roots(layers));
    config.put("history", layers.stream().map(layer -> history(layer, created)).toList());
    var manifest = new TreeMap<String, Object>();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", TYPE + "manifest.v1+json");
    manifest.put("config", blob(TYPE + "config.v1+json", config));
    manifest.put("layers", layers.stream().map(OciLayout::described).toList());
    manifest.put("annotations", labels(created));
    images.add(and(blob(TYPE + "manifest.v1+json", manifest), "platform", platform));
  }

  private static Map<String, Object> roots(List<ImageLayer.Packed> layers) {
    List<String> digests = layers.stream().map(layer -> "sha256:" + layer.plainDigest()).toList();
    return Map.of("type", "layers", "diff_ids", digests);
  }

  private static Map<String, Object> history(ImageLayer.Packed layer, String created) {
    return Map.of(
        "created", created, "created_by", "rondo image", "comment", layer.layer().words());
  }

  private static Map<String, Object> described(ImageLayer.Packed layer) {
    return descriptor(TYPE + "layer.v1.tar+gzip", layer.digest(), layer.sizeBytes());
  }

  private Map<String, Object> settings(String created) {
    return Map.of(
        "User",
        ImageLayer.USER + ":" + ImageLayer.USER,
        "Env",
        List.of("PATH=/usr/local/bin:/opt/java/bin:/usr/bin:/bin"),
        "Entrypoint",
        List.of("rondo"),
        "Cmd",
        List.of("server"),
        "WorkingDir",
        "/",
        "Volumes",
        Map.of("/data", Map.of()),
        "ExposedPorts",
        Map.of(
            "9000/tcp", Map.of(), "9001/tcp", Map.of(), "9002/tcp", Map.of(), "9003/tcp", Map.of()),
        "Labels",
        labels(created));
  }

  private Map<String, String> labels(String created) {
    String prefix = "org.opencontainers.image.";
    return Map.of(
        prefix + "title",
        "Rondo",
        prefix + "description",
        "An S3-compatible object store without leaders",
        prefix + "version",
        version,
        prefix + "created",
        created);
  }

  /** Writes the index: of the one image, or of an index of several. */
  void finish() throws IOException {
    Map<String, Object> top =
        images.size() == 1
            ? images.getFirst()
            : blob(TYPE + "index.v1+json", index(List.copyOf(images)));
    Map<String, Object> named =
        and(
            top,
            "annotations",
            Map.of(
                "org.opencontainers.image.ref.name",
                version,
                "io.containerd.image.name",
                "localhost/rondo:" + version));
    Files.write(folder.resolve("index.json"), json(index(List.of(named))));
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  private static Map<String, Object> index(List<Map<String, Object>> manifests) {
    return Map.of("schemaVersion", 2, "mediaType", TYPE + "index.v1+json", "manifests", manifests);
  }

  private Map<String, Object> blob(String type, Map<String, Object> content) throws IOException {
    byte[] json = json(content);
    var digest = ImageLayer.sha256();
    digest.update(json);
    String name = ImageLayer.hex(digest);
    Files.write(folder.resolve("blobs/sha256").resolve(name), json);
    return descriptor(type, name, json.length);
  }

  private static Map<String, Object> descriptor(String type, String digest, long sizeBytes) {
    return Map.of("mediaType", type, "digest", "sha256:" + digest, "size", sizeBytes);
  }

  private static Map<String, Object> and(Map<String, Object> all, String name, Object value) {
    var more = new TreeMap<>(all);
    more.put(name, value);
    return more;
  }

  /** In the order of names, so that the bytes follow from the content. */
  private static byte[] json(Map<String, Object> content) {
    return JsonMapper.builder()
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .build()
        .writeValueAsString(content)
        .getBytes(StandardCharsets.UTF_8);
  }
}
