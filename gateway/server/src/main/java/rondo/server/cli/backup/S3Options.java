package rondo.server.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.backup.file.S3Access;
import rondo.server.backup.file.S3Target;
import rondo.server.config.StartException;

/**
 * Options of commands that name a target in S3. Credentials are found as the AWS tools find them:
 * in the environment, or in a profile.
 */
final class S3Options {
  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "",
      description =
          "The address of the target's S3 service, such as https://s3.example.com:9000. Default:"
              + " AWS")
  String endpoint = "";

  @Option(
      names = "--region",
      paramLabel = "REGION",
      defaultValue = "",
      description = "The region of the target's bucket. Default: AWS_REGION, or us-east-1")
  String region = "";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Takes the target's credentials from this profile of the AWS tools. Default: those of"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile AWS_PROFILE, or"
              + " 'default'. The node gets them for this order.")
  @Nullable String profile;

  @Option(
      names = "--profiles",
      paramLabel = "FILE",
      description =
          "The file of profiles. Default: AWS_SHARED_CREDENTIALS_FILE, or ~/.aws/credentials")
  @Nullable Path profiles;

  /**
   * How the target is reached.
   *
   * @throws StartException when it is in S3, and there are no credentials
   */
  S3Access of(String target) {
    if (!target.startsWith(S3Target.SCHEME)) {
      if (!endpoint.isEmpty()) {
        throw new StartException("an endpoint goes with a target s3://BUCKET/PREFIX");
      }
      return S3Access.NONE;
    }
    String where = region.isEmpty() ? environment("AWS_REGION", "") : region;
    String key = environment("AWS_ACCESS_KEY_ID", "");
    if (profile == null && profiles == null && !key.isEmpty()) {
      String secret = environment("AWS_SECRET_ACCESS_KEY", "");
      String token = environment("AWS_SESSION_TOKEN", "");
      return new S3Access(endpoint, where, key, secret, token);
    }
    return inProfile(where);
  }

  private S3Access inProfile(String where) {
    String name = profile == null ? environment("AWS_PROFILE", "default") : profile;
    Path home = Path.of(System.getProperty("user.home"), ".aws", "credentials");
    Path file =
        profiles == null
            ? Path.of(environment("AWS_SHARED_CREDENTIALS_FILE", home.toString()))
            : profiles;
    Map<String, String> found = read(file, name);
    String key = found.getOrDefault("aws_access_key_id", "");
    String secret = found.getOrDefault("aws_secret_access_key", "");
    if (key.isEmpty() || secret.isEmpty()) {
      throw new StartException(
          "profile '%s' in %s has no aws_access_key_id and aws_secret_access_key"
              .formatted(name, file));
    }
    String token = found.getOrDefault("aws_session_token", "");
    return new S3Access(endpoint, where, key, secret, token);
  }

  /** The settings of one profile; none without it. */
  private static Map<String, String> read(Path file, String name) {
    var found = new HashMap<String, String>();
    try {
      boolean inside = false;
      for (String text : Files.readAllLines(file)) {
        String line = text.strip();
        int equals = line.indexOf('=');
        if (line.startsWith("[")) {
          inside = line.equals("[" + name + "]");
        } else if (inside && equals > 0) {
          found.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
      return found;
    } catch (IOException e) {
      throw new StartException("can't read the credentials of the target in " + file, e);
    }
  }

  private static String environment(String name, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(name), otherwise);
  }
}
