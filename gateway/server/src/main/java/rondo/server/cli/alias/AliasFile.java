package rondo.server.cli.alias;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where a person's aliases are. */
public final class AliasFile {
  @Option(
      names = "--aliases",
      paramLabel = "FILE",
      description = "The file of aliases. Default: ~/.config/rondo/aliases")
  @Nullable Path file;

  /**
   * Reads the aliases; there are none where the file isn't.
   *
   * @throws rondo.server.config.StartException when it can't be read
   */
  public AliasBook read() {
    return AliasBook.read(file == null ? usual() : file);
  }

  /** In the folder for settings by the XDG Base Directory Specification, 0.8. */
  private static Path usual() {
    String settings = System.getenv("XDG_CONFIG_HOME");
    return (settings == null || settings.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(settings))
        .resolve("rondo")
        .resolve("aliases");
  }
}
