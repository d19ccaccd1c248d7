package rondo.server.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import rondo.server.config.StartException;

/**
 * What Java and the program's native code need of a system, from Debian's or Ubuntu's packages: the
 * C and C++ libraries; and a shell with its tools for those who look into a pod.
 */
final class BasePackages {
  private static final List<String> NAMES =
      List.of("libc6", "libgcc-s1", "libstdc++6", "bash-static", "busybox-static");

  /** What of the packages is taken. */
  private static final Pattern WANTED =
      Pattern.compile(
          "(usr/)?lib(64)?/([^/]+/)?(lib[^/]+[.]so[.0-9]*|ld-linux[^/]*)"
              + "|(usr/)?bin/(bash-static|busybox)|usr/share/doc/[^/]+/copyright");

  private static final List<String> TOOLS =
      List.of(
          ("awk base64 basename cat chmod cp cut date dd df dirname du env expr false find free"
                  + " grep gunzip gzip head hostname id ip kill less ln ls mkdir mktemp more mv nc"
                  + " netstat nslookup printf ps pwd readlink rm rmdir sed seq sha256sum sleep sort"
                  + " stat sync tail tar tee test timeout top touch tr true uname uniq vi wc wget"
                  + " which xargs")
              .split(" "));

  private final Path folder;
  private final Architecture architecture;

  /**
   * @param cache where packages are kept: those that are there are taken again as they are
   */
  BasePackages(Path cache, Architecture architecture) {
    this.folder = cache.resolve(architecture.word()).toAbsolutePath();
    this.architecture = architecture;
  }

  /**
   * Has the packages in their folder; apt-get brings those that are missing, from where this
   * machine's packages come from, without a change of this machine.
   *
   * @throws StartException when apt-get isn't there or fails
   */
  void bring() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<String> missing = new ArrayList<>(NAMES);
    for (Path file : files()) {
      String name = file.getFileName().toString();
      missing.remove(name.substring(0, name.indexOf('_')));
    }
    if (missing.isEmpty()) {
      return;
    }
    Path state = Files.createDirectories(folder.resolve("apt"));
    Files.createDirectories(state.resolve("lists/partial"));
    Files.createDirectories(state.resolve("archives/partial"));
    Files.writeString(state.resolve("status"), "");
    List<String> apt =
        List.of(
            "apt-get",
            "-qq",
            "-o",
            "Dir::State=" + state,
            "-o",
            "Dir::State::status=" + state.resolve("status"),
            "-o",
            "Dir::Cache=" + state,
            "-o",
            "APT::Architecture=" + architecture.word(),
            "-o",
            "APT::Architectures=" + architecture.word(),
            "-o",
            "APT::Sandbox::User=root");
    ToolRun.of(folder, with(apt, List.of("update")));
    missing.addFirst("download");
    ToolRun.of(folder, with(apt, missing));
  }

  private static List<String> with(List<String> command, List<String> more) {
    return Stream.concat(command.stream(), more.stream()).toList();
  }

  /** The packages, by name. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".deb"))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  /** Lays their files out, with the few that a system has besides. */
  void unpack(Path root, Path scratch) throws IOException, InterruptedException {
    for (Path file : files()) {
      ToolRun.of(folder, List.of("dpkg-deb", "--extract", file.toString(), scratch.toString()));
      String control = ToolRun.of(folder, List.of("dpkg-deb", "--field", file.toString()));
      String name = file.getFileName().toString();
      write(root, "var/lib/dpkg/status.d/" + name.substring(0, name.indexOf('_')), control + "\n");
    }
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path path : all.toList()) {
        String name = scratch.relativize(path).toString();
        if (WANTED.matcher(name).matches() && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Path to = root.resolve(name);
          Files.createDirectories(to.getParent());
          Files.copy(path, to, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
    system(root);
  }

  private static void system(Path root) throws IOException {
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("sh"), Path.of("bash-static"));
    Files.createSymbolicLink(bin.resolve("bash"), Path.of("bash-static"));
    Path busybox = Path.of(Files.exists(bin.resolve("busybox")) ? "busybox" : "/usr/bin/busybox");
    for (String tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), busybox);
    }
    for (String folder : List.of("data", "tmp", "proc", "sys", "dev", "root", "run")) {
      Files.createDirectories(root.resolve(folder));
    }
    Map<String, String> files =
        Map.of(
            "etc/passwd",
            "root:x:0:0:root:/root:/bin/bash\nrondo:x:%d:%d:Rondo:/tmp:/bin/bash\n"
                .formatted(ImageLayer.USER, ImageLayer.USER),
            "etc/group",
            "root:x:0:\nrondo:x:%d:\n".formatted(ImageLayer.USER),
            "etc/nsswitch.conf",
            "passwd: files\ngroup: files\nhosts: files dns\n",
            "etc/bash.bashrc",
            "[ -z \"${PS1:-}\" ] || . /etc/bash_completion.d/rondo\n");
    for (var file : files.entrySet()) {
      write(root, file.getKey(), file.getValue());
    }
  }

  static void write(Path root, String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
