package rondo.server.admin;

import org.jspecify.annotations.Nullable;
import rondo.s3.rewrap.MasterKeyRewrap;
import rondo.server.admin.AdminServer.Answer;

/**
 * Counts the rows under each master key, and reseals those under older ones. Thread-safe.
 *
 * @param rewrap null on a node without master keys
 */
public record KeyApi(@Nullable MasterKeyRewrap rewrap) {
  /** Begins, unless the work is under way, and tells how far it is. */
  Answer start(boolean reseal) {
    if (rewrap != null) {
      rewrap.start(reseal);
    }
    return view();
  }

  Answer stop() {
    if (rewrap != null) {
      rewrap.stop();
    }
    return view();
  }

  Answer view() {
    return rewrap == null
        ? new Answer(409, AdminServer.error("this node has no master keys: ask a gateway"))
        : new Answer(200, rewrap.view());
  }
}
