package rondo.s3.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import rondo.s3.auth.Identity;

/**
 * Reads identities from a file, for test suites that expect certain users. Each has a line:
 *
 * <pre>
 *   name = account id | display name | e-mail | access key | secret key
 * </pre>
 *
 * Empty lines and lines that start with a hash are skipped.
 */
public final class FixedIdentities {
  private static final int FIELDS = 5;

  private FixedIdentities() {}

  /**
   * @throws IOException when the file can't be read or a line has another form; its message names
   *     the line
   */
  public static List<Identity> read(Path file) throws IOException {
    var identities = new ArrayList<Identity>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        String[] fields = text.substring(text.indexOf('=') + 1).split("\\|", -1);
        if (fields.length != FIELDS) {
          throw new IOException(
              file
                  + " line "
                  + number
                  + ": expected name = account id | display name | e-mail | access key | secret"
                  + " key");
        }
        identities.add(
            new Identity(
                fields[0].strip(),
                fields[1].strip(),
                fields[2].strip(),
                fields[3].strip(),
                fields[4].strip()));
      }
    }
    return List.copyOf(identities);
  }
}
