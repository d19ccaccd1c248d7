package rondo.server.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.server.config.StartException;

/** The JDK cut to size by jlink; what it learns of the program is JEP 514's cache. */
final class JavaRuntime {
  private static final String MODULES =
      "java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,"
          + "jdk.crypto.ec,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs";

  private final Path root;

  JavaRuntime(Path root) {
    this.root = root;
  }

  /**
   * Makes the runtime.
   *
   * @param modules the folder with another processor's `jmods`; null for this machine's own JDK
   * @throws StartException when this JVM has no jlink, or jlink refuses, with its words
   */
  void link(@Nullable Path modules) throws IOException, InterruptedException {
    Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
    if (!Files.isExecutable(jlink)) {
      throw new StartException(
          "an image needs a JDK with jlink, and %s is none: set JAVA_HOME to a JDK"
              .formatted(System.getProperty("java.home")));
    }
    var command = new ArrayList<String>(List.of(jlink.toString(), "--output", home().toString()));
    if (modules != null) {
      command.addAll(List.of("--module-path", modules.toString()));
    }
    command.addAll(
        List.of("--strip-debug", "--no-header-files", "--no-man-pages", "--add-modules", MODULES));
    Files.createDirectories(home().getParent());
    ToolRun.of(root, command);
  }

  /** Has the runtime run a node for a while, and keep what it learns. */
  void learn() throws IOException, InterruptedException {
    Path cache = root.resolve(ImageBuild.LEARNT);
    ToolRun.Ended ended =
        ToolRun.ended(
            root,
            List.of(
                "env",
                "RONDO_ROOT=" + root,
                "RONDO_LEARN=" + cache,
                "JDK_JAVA_OPTIONS=",
                "sh",
                root.resolve("usr/local/bin/rondo").toString(),
                "warm-up"));
    Files.deleteIfExists(Path.of(cache + ".config"));
    // On a busy machine a request may fail; what was learnt until then counts.
    if (!Files.isRegularFile(cache)) {
      throw new StartException(
          "the JVM kept nothing of what it learnt; --no-learning goes without:%n%s"
              .formatted(ended.lastLines()));
    }
  }

  private Path home() {
    return root.resolve("opt/java");
  }
}
