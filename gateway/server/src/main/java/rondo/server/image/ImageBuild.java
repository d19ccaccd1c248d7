package rondo.server.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lays out an image's root, and packs it.
 *
 * @param program the program's jars
 * @param completion a script by which bash completes commands
 * @param seconds the time of every file, since 1970
 * @param learning whether the image has what a JVM learns of the program
 * @param progress takes a sentence for each step
 */
record ImageBuild(
    ProgramJars program,
    String completion,
    long seconds,
    boolean learning,
    Consumer<String> progress) {
  static final String LEARNT = "opt/rondo/rondo.aot";
  static final String JARS = "opt/rondo/lib/";
  private static final String BILL = "usr/share/sbom/rondo.cdx.json";

  /** Adds the image of an architecture to a layout; {@code modules} as {@link JavaRuntime} says. */
  void add(OciLayout layout, BasePackages base, Architecture architecture, @Nullable Path modules)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("rondo-image");
    try {
      Path root = Files.createDirectory(work.resolve("root"));
      fill(root, work.resolve("packages"), base, architecture, modules);
      progress.accept("packing the layers");
      var layers = new ArrayList<ImageLayer.Packed>();
      for (ImageLayer layer : ImageLayer.values()) {
        if (layer != ImageLayer.LEARNT || Files.exists(root.resolve(LEARNT))) {
          ImageLayer.Packed packed = layer.pack(root, layout.scratch(), seconds);
          layout.keep(packed);
          layers.add(packed);
        }
      }
      layout.add(architecture, layers);
    } finally {
      delete(work);
    }
  }

  private void fill(
      Path root, Path scratch, BasePackages base, Architecture architecture, @Nullable Path modules)
      throws IOException, InterruptedException {
    progress.accept("fetching the base's packages for " + architecture.word());
    base.bring();
    base.unpack(root, scratch);
    progress.accept("making the Java runtime");
    var java = new JavaRuntime(root);
    java.link(modules);
    program(root, architecture);
    var bill = new MaterialsBill(program.home());
    for (Path file : base.files()) {
      bill.addPackage(file);
    }
    bill.addJava(Files.readString(root.resolve("opt/java/release")));
    Files.createDirectories(root.resolve(BILL).getParent());
    Files.write(root.resolve(BILL), bill.json());
    settle(root);
    if (learning && modules == null) {
      progress.accept("learning what a node does, so that starts are quick");
      java.learn();
    }
  }

  private void program(Path root, Architecture architecture) throws IOException {
    program.copy(root.resolve(JARS), architecture);
    BasePackages.write(
        root,
        "opt/rondo/classpath",
        program.files().stream()
            .map(file -> "/" + JARS + file.getFileName())
            .collect(Collectors.joining(":")));
    BasePackages.write(root, "etc/bash_completion.d/rondo", completion);
    try (InputStream launcher =
        Objects.requireNonNull(ImageBuild.class.getResourceAsStream("launcher"))) {
      Path to = root.resolve("usr/local/bin/rondo");
      Files.createDirectories(to.getParent());
      Files.copy(launcher, to);
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Gives files their time before the JVM learns: it knows jars by that later. */
  private void settle(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.setLastModifiedTime(path, FileTime.fromMillis(seconds * 1000));
        }
      }
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepest = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepest) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
