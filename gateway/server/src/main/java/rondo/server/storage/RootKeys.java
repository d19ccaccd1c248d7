package rondo.server.storage;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Time;
import rondo.server.config.Configuration;
import rondo.server.config.SecretSettings;
import rondo.server.config.StartException;

/**
 * The access keys of root that are valid now. The environment sets them for the life of the
 * process. Otherwise they are those in the file {@code root-credentials} of the first data folder,
 * which a running node reads again: a pair that is added is valid within {@link #AGE}, and one that
 * is removed is refused within the same time. While the file can't be read, or has no pair, the
 * last ones stay. Thread-safe.
 */
public final class RootKeys {
  /** For how long what was read is used. */
  public static final Duration AGE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(RootKeys.class);

  /** Null when the keys are those of the environment. */
  private final @Nullable Path folder;

  private final Time time;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Reading last;

  private record Reading(List<RootCredentials> pairs, String trouble, long atNanos) {}

  private RootKeys(@Nullable Path folder, List<RootCredentials> pairs, Time time) {
    this.folder = folder;
    this.time = time;
    this.last = new Reading(pairs, "", time.nanos());
  }

  /**
   * The keys that a node uses. At its first start it writes them to its first data folder, unless
   * the environment sets them.
   *
   * @throws StartException when the file is malformed, or nothing says what the keys are
   */
  static RootKeys open(Configuration configuration, JoinToken token, Path folder, Time time) {
    List<RootCredentials> given = given(configuration.secrets());
    if (!given.isEmpty()) {
      return new RootKeys(null, given, time);
    }
    Path file = folder.resolve(RootCredentials.FILE);
    if (PrivateFile.read(file).isEmpty()) {
      PrivateFile.write(file, first(token, file));
    }
    return new RootKeys(folder, RootCredentials.all(file), time);
  }

  private static List<RootCredentials> given(SecretSettings secrets) {
    String access = secrets.accessKey();
    String secret = secrets.secretKey();
    if (access == null || secret == null) {
      return List.of();
    }
    var newest = new RootCredentials(access, secret);
    String olderAccess = secrets.olderAccessKey();
    String olderSecret = secrets.olderSecretKey();
    return olderAccess == null || olderSecret == null
        ? List.of(newest)
        : List.of(new RootCredentials(olderAccess, olderSecret), newest);
  }

  private static String first(JoinToken token, Path file) {
    String root = token.root();
    if (root != null) {
      return root;
    }
    PrivateKey key = token.authority().key();
    if (token.masterKeys() != null || key == null) {
      throw new StartException(
          "there is no "
              + file
              + ": copy it from another node, or set RONDO_ROOT_ACCESS_KEY and"
              + " RONDO_ROOT_SECRET_KEY");
    }
    return RootCredentials.derive(key.getEncoded()).text();
  }

  /** All pairs that are valid, the newest last; at least one. */
  public List<RootCredentials> current() {
    if (folder != null && time.nanos() - last.atNanos() >= AGE.toNanos() && reading.tryLock()) {
      try {
        last = readAgain(folder, last);
      } finally {
        reading.unlock();
      }
    }
    return last.pairs();
  }

  private Reading readAgain(Path folder, Reading before) {
    long now = time.nanos();
    try {
      List<RootCredentials> pairs = RootCredentials.all(folder.resolve(RootCredentials.FILE));
      if (!pairs.equals(before.pairs())) {
        LOG.info(
            "root's access keys are now {}",
            pairs.stream().map(RootCredentials::accessKey).toList());
        JoinToken.renew(folder);
      }
      return new Reading(pairs, "", now);
    } catch (StartException e) {
      String trouble = String.valueOf(e.getMessage());
      if (!trouble.equals(before.trouble())) {
        LOG.warn("root's keys stay as they were: {}", trouble);
      }
      return new Reading(before.pairs(), trouble, now);
    }
  }

  /** The pair to use. */
  public RootCredentials newest() {
    return current().getLast();
  }
}
