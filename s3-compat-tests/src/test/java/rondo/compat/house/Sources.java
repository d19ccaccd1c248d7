package rondo.compat.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The project's own files, found from the module in which the tests run. */
public final class Sources {
  /** The depth of a module's folder below the root: gateway/store has 2. */
  private static final int DEEPEST_MODULE = 2;

  private Sources() {}

  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("helm")) ? here : here.resolveSibling("").normalize();
  }

  /** The folders that have a pom.xml and sources, in the order of their names. */
  static List<Path> modules() throws IOException {
    try (var walk = Files.walk(root(), DEEPEST_MODULE)) {
      return walk.filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .filter(folder -> Files.exists(folder.resolve("src")))
          .sorted()
          .toList();
    }
  }

  static List<Path> java() throws IOException {
    var files = new ArrayList<Path>();
    for (Path module : modules()) {
      try (var walk = Files.walk(module.resolve("src"))) {
        walk.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  /** Every source file of the program, without its tests. */
  static List<ParsedSource> program() {
    return Program.PARSED;
  }

  static boolean isTest(Path file) {
    return file.toString().contains("/src/test/");
  }

  /** The parsed sources. They are parsed once, when a rule first asks for them. */
  private static final class Program {
    static final List<ParsedSource> PARSED = parsed();

    private static List<ParsedSource> parsed() {
      try {
        var texts = new TreeMap<String, String>();
        for (Path file : java()) {
          if (!isTest(file)) {
            texts.put(root().relativize(file).toString(), Files.readString(file));
          }
        }
        return ParsedSource.all(texts);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
