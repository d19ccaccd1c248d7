package rondo.server.cli.option;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import rondo.server.config.StartException;

/** The file of {@code --config}: a line {@code s3-listen=...} for each setting. */
final class ConfigFile {
  private static final int DASHES = 2;

  private final String name;
  private final Properties settings;

  private ConfigFile(String name, Properties settings) {
    this.name = name;
    this.settings = settings;
  }

  /**
   * Reads the file.
   *
   * @param name null or empty for a file without settings
   * @throws StartException when it can't be read
   */
  static ConfigFile read(@Nullable String name) {
    var settings = new Properties();
    if (name == null || name.isEmpty()) {
      return new ConfigFile("", settings);
    }
    try (Reader reader = Files.newBufferedReader(Path.of(name))) {
      settings.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException("can't read the configuration file " + name + ": " + e, e);
    }
    return new ConfigFile(name, settings);
  }

  @Nullable String value(String key) {
    return settings.getProperty(key);
  }

  /**
   * Checks that each line sets an option of some command: a line that is ignored would leave the
   * node with a default that its operator doesn't expect.
   *
   * @throws StartException naming the line and the setting that looks most like it
   */
  void requireKnown(CommandLine line) {
    var known = new TreeSet<String>();
    collect(line, known);
    for (String key : new TreeSet<>(settings.stringPropertyNames())) {
      if (!known.contains(key)) {
        throw new StartException(
            "the configuration file "
                + name
                + " sets '"
                + key
                + "', which is no setting; the nearest one is '"
                + nearest(key, known)
                + "'");
      }
    }
  }

  private static void collect(CommandLine line, Set<String> known) {
    line.getCommandSpec().options().stream()
        .map(option -> option.longestName())
        .filter(option -> option.startsWith("--"))
        .forEach(option -> known.add(option.substring(DASHES)));
    line.getSubcommands().values().forEach(sub -> collect(sub, known));
  }

  private static String nearest(String key, Set<String> known) {
    return known.stream().min(Comparator.comparingInt(name -> distance(key, name))).orElse("");
  }

  /** How many letters have to be changed, added or removed (Levenshtein, 1965). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
