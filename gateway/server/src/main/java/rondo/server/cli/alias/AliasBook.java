package rondo.server.cli.alias;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rondo.server.config.StartException;

/**
 * The file of a person's aliases, {@code ~/.config/rondo/aliases}. It names files of credentials
 * and holds no secret. A change replaces the file in one step; of two at the same time one counts.
 *
 * <pre>
 * file = { "default=" name | name ".url=" url | name ".credentials=" path | name ".ca=" path }
 * </pre>
 */
public final class AliasBook {
  private static final String DEFAULT = "default";
  private static final String URL = ".url";
  private static final String CREDENTIALS = ".credentials";
  private static final String CA = ".ca";

  private final Path file;
  private final Properties lines = new Properties();

  private AliasBook(Path file) {
    this.file = file;
  }

  /**
   * Reads a file; one that isn't there is empty.
   *
   * @throws StartException when it can't be read
   */
  static AliasBook read(Path file) {
    var book = new AliasBook(file);
    if (Files.exists(book.file)) {
      try (Reader reader = Files.newBufferedReader(book.file)) {
        book.lines.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new StartException("can't read the aliases in " + book.file + ": " + e, e);
      }
    }
    return book;
  }

  /**
   * The alias of a name.
   *
   * @throws StartException when there is none, or its lines are malformed
   */
  public Alias of(String name) {
    String url = lines.getProperty(name + URL);
    if (url == null) {
      throw new StartException(
          names().isEmpty()
              ? "there is no alias '%s': 'rondo alias set %s HOST:PORT FILE' makes it"
                  .formatted(name, name)
              : "there is no alias '%s' in %s, but %s".formatted(name, file, names()));
    }
    String ca = lines.getProperty(name + CA);
    Path credentials = Path.of(lines.getProperty(name + CREDENTIALS, ""));
    try {
      return Alias.of(name, url, credentials, ca == null ? null : Path.of(ca));
    } catch (IllegalArgumentException e) {
      throw new StartException("the alias '" + name + "' in " + file + ": " + e.getMessage(), e);
    }
  }

  /** The alias for commands that name none; null without one. */
  public @Nullable Alias first() {
    String name = lines.getProperty(DEFAULT, "");
    return name.isEmpty() ? null : of(name);
  }

  /** Whether an alias is the default. */
  boolean isFirst(String name) {
    Alias first = first();
    return first != null && first.name().equals(name);
  }

  /** All aliases by name. */
  List<Alias> all() {
    var all = new ArrayList<Alias>();
    names().forEach(name -> all.add(of(name)));
    return all;
  }

  private SortedSet<String> names() {
    var names = new TreeSet<String>();
    for (String line : lines.stringPropertyNames()) {
      if (line.endsWith(URL)) {
        names.add(line.substring(0, line.length() - URL.length()));
      }
    }
    return names;
  }

  /** Sets an alias; the first one becomes the default. */
  void put(Alias alias) {
    remove(alias.name());
    lines.setProperty(alias.name() + URL, alias.url());
    lines.setProperty(alias.name() + CREDENTIALS, alias.credentials().toAbsolutePath().toString());
    Path ca = alias.ca();
    if (ca != null) {
      lines.setProperty(alias.name() + CA, ca.toAbsolutePath().toString());
    }
    if (lines.getProperty(DEFAULT, "").isEmpty()) {
      lines.setProperty(DEFAULT, alias.name());
    }
  }

  /** Has commands use this one that name none. */
  void prefer(String name) {
    lines.setProperty(DEFAULT, of(name).name());
  }

  /** Forgets an alias; when it was the default there is none any more. */
  void forget(String name) {
    remove(of(name).name());
    if (name.equals(lines.getProperty(DEFAULT))) {
      lines.remove(DEFAULT);
    }
  }

  private void remove(String name) {
    List.of(URL, CREDENTIALS, CA).forEach(ending -> lines.remove(name + ending));
  }

  /**
   * Writes the file.
   *
   * @throws StartException when that fails
   */
  void write() {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (Writer writer = Files.newBufferedWriter(next)) {
        lines.store(writer, null);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartException("can't write the aliases to " + file + ": " + e, e);
    }
  }
}
