package rondo.server.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import rondo.server.config.StartException;
import tools.jackson.databind.json.JsonMapper;

/** Makes a container image of the running program. */
@Command(
    name = "image",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a container image of this program, without a daemon and without root.",
      "It has a C library and a shell from Debian's packages, a Java runtime cut to size, the"
          + " program, and a list of all that as CycloneDX. Push it by 'skopeo copy"
          + " oci-archive:FILE docker://...', or load it by 'podman load', 'docker load' or 'ctr"
          + " images import'.",
      "Needs a JDK, apt-get and dpkg-deb. Every file has the time that the variable"
          + " SOURCE_DATE_EPOCH says, or that of 1980: the same inputs make the same bytes, but for"
          + " the layer of what the JVM has learnt, which --no-learning leaves out."
    })
public final class ImageCommand implements Callable<Integer> {
  /** What archives count as no time at all; 1980-01-01. */
  private static final long OLD_SECONDS = 315_532_800;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--arch",
      split = ",",
      paramLabel = "NAME",
      description = "amd64, arm64, or both with a comma. Default: this machine's.")
  @Nullable List<String> architectures;

  @Option(
      names = "--jmods",
      paramLabel = "NAME=FOLDER",
      description =
          "The folder 'jmods' of a JDK of this version for another architecture. Its image has"
              + " nothing that a JVM learnt, since that JVM doesn't run here.")
  Map<String, Path> modules = new LinkedHashMap<>();

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description =
          "A file that ends in .tar, or a folder that isn't there yet. Default: rondo-VERSION.tar.")
  @Nullable Path output;

  @Option(
      names = "--packages",
      paramLabel = "FOLDER",
      description =
          "Where the base's packages are kept. Those that are there are taken as they are: empty it"
              + " to have newer ones. Default: ~/.cache/rondo/packages.")
  Path packages = Path.of(System.getProperty("user.home"), ".cache/rondo/packages");

  @Option(
      names = "--learning",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Run a node for a while, so that the image has what a JVM learns of the program and"
              + " starts quickly. On by default.")
  boolean learning = true;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<Architecture, @Nullable Path> wanted = wanted();
    ProgramJars program = ProgramJars.running();
    String version = version();
    Path to = output == null ? Path.of("rondo-" + version + ".tar") : output;
    if (Files.exists(to) && !to.toString().endsWith(".tar")) {
      throw new StartException(to + " is there already: name another, or a file that ends in .tar");
    }
    var build =
        new ImageBuild(
            program,
            AutoComplete.bash(spec.root().name(), spec.root().commandLine()),
            seconds(),
            learning,
            this::say);
    boolean isArchive = to.toString().endsWith(".tar");
    Path folder = isArchive ? Files.createTempDirectory("rondo-layout") : to;
    var layout = new OciLayout(folder, version, seconds());
    for (var each : wanted.entrySet()) {
      var base = new BasePackages(packages, each.getKey());
      build.add(layout, base, each.getKey(), each.getValue());
    }
    layout.finish();
    long size = size(folder);
    if (isArchive) {
      archive(folder, to);
      ImageBuild.delete(folder);
    }
    show(to, wanted.keySet(), size);
    return 0;
  }

  private Map<Architecture, @Nullable Path> wanted() {
    Set<Architecture> all = EnumSet.noneOf(Architecture.class);
    if (architectures == null) {
      all.add(Architecture.here());
    } else {
      architectures.forEach(name -> all.add(named(name)));
    }
    var wanted = new EnumMap<Architecture, @Nullable Path>(Architecture.class);
    for (Architecture each : all) {
      Path folder = modules.get(each.word());
      if (folder == null && each != Architecture.here()) {
        throw new StartException(
            "this machine's JDK makes no runtime for %s: give a JDK's modules for it by --jmods"
                    .formatted(each.word())
                + " %s=FOLDER, or run this on such a machine".formatted(each.word()));
      }
      wanted.put(each, folder == null ? null : folder.toAbsolutePath());
    }
    return wanted;
  }

  private static Architecture named(String name) {
    return Stream.of(Architecture.values())
        .filter(each -> each.word().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new StartException("--arch is amd64 or arm64, not '" + name + "'"));
  }

  private static String version() {
    String version = ImageCommand.class.getPackage().getImplementationVersion();
    return version == null ? "0" : version;
  }

  private static long seconds() {
    String given = System.getenv("SOURCE_DATE_EPOCH");
    try {
      return given == null ? OLD_SECONDS : Long.parseLong(given);
    } catch (NumberFormatException e) {
      throw new StartException("SOURCE_DATE_EPOCH is seconds since 1970, not '" + given + "'");
    }
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    for (Path file : files(folder)) {
      size += Files.size(file);
    }
    return size;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
    }
  }

  private static void archive(Path folder, Path to) throws IOException {
    try (var tar = new TarStream(new BufferedOutputStream(Files.newOutputStream(to)), seconds())) {
      for (Path file : files(folder)) {
        tar.file(folder.relativize(file).toString(), 0644, file);
      }
    }
  }

  private void say(String sentence) {
    spec.commandLine().getErr().println("rondo: " + sentence);
    spec.commandLine().getErr().flush();
  }

  private void show(Path to, Set<Architecture> architectures, long size) {
    List<String> words = architectures.stream().map(Architecture::word).toList();
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JsonMapper.shared()
              .writeValueAsString(
                  Map.of("path", to.toString(), "architectures", words, "bytes", size)));
    } else {
      out.printf(
          "%s has the image for %s, %d MB%n", to, String.join(" and ", words), size / 1_000_000);
    }
    out.flush();
  }
}
