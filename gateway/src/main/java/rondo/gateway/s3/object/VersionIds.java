package rondo.gateway.s3.object;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;

/** Version ids in buckets that have no versions: there is one version, and it is called null. */
public final class VersionIds {
  private static final String SHAPE = "[A-Za-z0-9._-]{32}";

  private VersionIds() {}

  /**
   * Refuses a request for another version than the one that there is.
   *
   * @throws S3Exception NoSuchVersion, InvalidArgument
   */
  static void checkRead(S3Request request) {
    checkRead(request.query().value("versionId"), request.key());
  }

  /**
   * The same for a version id from elsewhere; null when none was given.
   *
   * @throws S3Exception NoSuchVersion, InvalidArgument
   */
  public static void checkRead(@Nullable String id, String key) {
    if (id != null && !isOnly(id)) {
      var details = new LinkedHashMap<String, String>();
      details.put("Key", key);
      details.put("VersionId", id);
      throw new S3Exception(S3Error.NO_SUCH_VERSION, S3Error.NO_SUCH_VERSION.message(), details);
    }
  }

  /**
   * Whether that is the version that there is; another one can't be there.
   *
   * @throws S3Exception InvalidArgument when it isn't a version id
   */
  static boolean isOnly(String id) {
    if (id.equals("null")) {
      return true;
    }
    if (id.isEmpty()) {
      throw S3Exception.argument("versionId", id, "Version id cannot be the empty string");
    }
    if (!id.matches(SHAPE)) {
      throw S3Exception.argument("versionId", id, "Invalid version id specified");
    }
    return false;
  }
}
