package rondo.server.console;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;

/** The files of the console's pages, read once from the class path. Immutable. */
final class ConsoleFiles {
  private static final String LIST = "files.txt";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Page> pages = new TreeMap<>();

  /**
   * One file.
   *
   * @param etag changes with its content
   */
  record Page(String type, String etag, Buffer content) {}

  ConsoleFiles() {
    String list = new String(read(LIST), StandardCharsets.UTF_8);
    list.lines().filter(name -> !name.isBlank()).forEach(name -> pages.put("/" + name, page(name)));
  }

  /** The file of a path; null when there is none. */
  @Nullable Page find(String path) {
    return pages.get(path.equals("/") ? "/index.html" : path);
  }

  private static Page page(String name) {
    byte[] content = read(name);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException("no type for " + name);
    }
    return new Page(
        type, '"' + Hashes.sha256Hex(content).substring(0, 32) + '"', Buffer.buffer(content));
  }

  private static byte[] read(String name) {
    try (InputStream file = ConsoleFiles.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the class path lacks the console's " + name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the console's " + name, e);
    }
  }
}
