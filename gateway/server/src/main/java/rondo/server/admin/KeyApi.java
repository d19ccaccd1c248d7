package rondo.server.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.s3.rewrap.MasterKeyRewrap;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;

/**
 * Counts the rows under each master key, and reseals those under older ones. Thread-safe.
 *
 * @param rewrap null on a node without master keys
 */
public record KeyApi(@Nullable MasterKeyRewrap rewrap) implements ApiFamily {
  private static final JsonSchema VIEW =
      JsonSchema.answer("phase:string", "keys:objects", "rowsLeft:integer", "problems:objects");

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/v1/master-keys", "Shows how far the work on master keys is.")
            .old("/master-keys")
            .gives(VIEW, call -> view()),
        ApiRoute.post("/v1/master-keys/count", "Counts the rows under each master key.")
            .old("/master-keys/count")
            .gives(VIEW, call -> start(false)),
        ApiRoute.post("/v1/master-keys/rewrap", "Moves what older keys sealed to the newest.")
            .old("/master-keys/rewrap")
            .gives(VIEW, call -> start(true)),
        ApiRoute.post("/v1/master-keys/stop", "Ends a count, or a move.")
            .old("/master-keys/stop")
            .gives(VIEW, call -> stop()));
  }

  /** Begins, unless the work is under way, and tells how far it is. */
  ApiAnswer start(boolean reseal) {
    if (rewrap != null) {
      rewrap.start(reseal);
    }
    return view();
  }

  ApiAnswer stop() {
    if (rewrap != null) {
      rewrap.stop();
    }
    return view();
  }

  ApiAnswer view() {
    return rewrap == null
        ? ApiAnswer.refused(409, "this node has no master keys: ask a gateway")
        : new ApiAnswer(200, rewrap.view());
  }
}
