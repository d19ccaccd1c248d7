package rondo.server.image;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import rondo.server.config.StartException;

/**
 * The jars of the running program.
 *
 * @param files in the order of the class path
 */
record ProgramJars(List<Path> files) {
  /**
   * Those that this JVM runs.
   *
   * @throws StartException when it runs classes that aren't packed
   */
  static ProgramJars running() {
    List<Path> files =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    if (!files.stream().allMatch(Files::isRegularFile)) {
      throw new StartException("the program isn't packed into jars: build it first");
    }
    return new ProgramJars(files);
  }

  /** The folder of the program's own jar, which a build's other results are beside. */
  Path home() {
    return files.stream()
        .filter(file -> file.getFileName().toString().startsWith("server-"))
        .map(file -> file.toAbsolutePath().getParent())
        .findFirst()
        .orElseThrow(() -> new StartException("no server jar is on the class path"));
  }

  /** Copies them, without code for other processors. */
  void copy(Path to, Architecture architecture) throws IOException {
    Files.createDirectories(to);
    for (Path file : files) {
      copy(file, to.resolve(file.getFileName().toString()), architecture);
    }
  }

  private static void copy(Path from, Path to, Architecture architecture) throws IOException {
    try (var jar = new ZipFile(from.toFile())) {
      if (jar.stream().noneMatch(entry -> architecture.isForeign(entry.getName()))) {
        Files.copy(from, to);
        return;
      }
      try (OutputStream out = Files.newOutputStream(to);
          var copy = new ZipOutputStream(out)) {
        for (ZipEntry entry : jar.stream().toList()) {
          if (!architecture.isForeign(entry.getName())) {
            var copied = new ZipEntry(entry.getName());
            copied.setTimeLocal(entry.getTimeLocal());
            copy.putNextEntry(copied);
            jar.getInputStream(entry).transferTo(copy);
            copy.closeEntry();
          }
        }
      }
    }
  }
}
