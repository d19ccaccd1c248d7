package rondo.server.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import rondo.server.config.StartException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an image is made of, as CycloneDX: the build's bill, the base's packages, and Java. */
final class MaterialsBill {
  private final ObjectNode bill;

  /**
   * Reads the one that the build made beside the program's jar.
   *
   * @throws StartException when it isn't there
   */
  MaterialsBill(Path home) throws IOException {
    Path built = home.resolve("rondo.cdx.json");
    if (!Files.isRegularFile(built)) {
      throw new StartException(built + " isn't there: 'mvn package' makes it");
    }
    bill = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(built));
    bill.remove("serialNumber"); // by chance
  }

  /** Adds a package whose file's name is `name_version_architecture.deb`. */
  void addPackage(Path file) throws IOException {
    String[] words =
        file.getFileName().toString().replace(".deb", "").replace("%3a", ":").split("_", -1);
    ObjectNode component = component("library", words[0], words[1]);
    component.put("purl", "pkg:deb/debian/%s@%s?arch=%s".formatted(words[0], words[1], words[2]));
    var digest = ImageLayer.sha256();
    digest.update(Files.readAllBytes(file));
    component
        .putArray("hashes")
        .addObject()
        .put("alg", "SHA-256")
        .put("content", HexFormat.of().formatHex(digest.digest()));
  }

  /** Adds the Java runtime, as its `release` file says what it is. */
  void addJava(String release) {
    String version = "";
    for (String line : release.split("\n", -1)) {
      if (line.startsWith("JAVA_RUNTIME_VERSION=")
          || (version.isEmpty() && line.startsWith("JAVA_VERSION="))) {
        version = line.substring(line.indexOf('=') + 1).replace("\"", "");
      }
    }
    component("framework", "openjdk", version).put("purl", "pkg:generic/openjdk@" + version);
  }

  private ObjectNode component(String type, String name, String version) {
    ArrayNode components = bill.withArray("components");
    return components.addObject().put("type", type).put("name", name).put("version", version);
  }

  byte[] json() {
    return JsonMapper.shared()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(bill)
        .getBytes(StandardCharsets.UTF_8);
  }
}
