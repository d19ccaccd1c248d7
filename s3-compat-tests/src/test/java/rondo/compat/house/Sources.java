package rondo.compat.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The project's own files, found from the module in which the tests run. */
public final class Sources {
  static final List<String> MODULES =
      List.of("ring", "metadata", "storage-node", "gateway", "s3-compat-tests");

  private Sources() {}

  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("helm")) ? here : here.resolveSibling("").normalize();
  }

  static List<Path> java() throws IOException {
    var files = new java.util.ArrayList<Path>();
    for (String module : MODULES) {
      try (var walk = Files.walk(root().resolve(module).resolve("src"))) {
        walk.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  static boolean isTest(Path file) {
    return file.toString().contains("/src/test/");
  }
}
