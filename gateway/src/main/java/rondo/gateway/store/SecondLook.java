package rondo.gateway.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.metadata.rows.ObjectRow;

/**
 * A removal of a version of which it isn't known whether it was done, because others were at the
 * same key, is tried once more: another version of its id never comes, so that twice does no harm,
 * and who finds none any more knows. Null versions do come again.
 */
final class SecondLook {
  private SecondLook() {}

  /**
   * What the removal says.
   *
   * @throws S3Exception what it refuses with; ServiceUnavailable when it is perhaps done
   */
  static @Nullable ObjectRow settled(VersionId id, Supplier<@Nullable ObjectRow> removal) {
    try {
      return removal.get();
    } catch (S3Exception unknown) {
      if (unknown.error() != S3Error.SERVICE_UNAVAILABLE || id.position() == null) {
        throw unknown;
      }
      return again(removal, unknown);
    }
  }

  private static @Nullable ObjectRow again(
      Supplier<@Nullable ObjectRow> removal, S3Exception unknown) {
    try {
      return removal.get();
    } catch (S3Exception refused) {
      throw refused.error() == S3Error.SLOW_DOWN ? unknown : refused;
    }
  }
}
