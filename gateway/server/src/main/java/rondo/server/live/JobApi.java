package rondo.server.live;

import java.util.List;
import java.util.function.Supplier;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.Page;

/**
 * Shows the long work of a node. Thread-safe.
 *
 * @param jobs the present ones, and those that have just ended
 */
public record JobApi(Supplier<List<Job>> jobs) implements ApiFamily {
  private static final JsonSchema JOB =
      JsonSchema.answer(
          "id:string",
          "state:string",
          "words:string",
          "progress:number?",
          "remainingSeconds:integer?");

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/v1/jobs", "Lists the long work of this node, such as moves and readings.")
            .forOperators()
            .paged()
            .gives(
                JsonSchema.page("jobs", JOB),
                call ->
                    ApiAnswer.of(
                        Page.of(
                            "jobs",
                            jobs.get().stream().map(Job::view).toList(),
                            it -> String.valueOf(it.get("id")),
                            call))),
        ApiRoute.get("/v1/jobs/{job}", "Shows one piece of long work.")
            .forOperators()
            .gives(JOB, call -> one(call.name("job"))));
  }

  private ApiAnswer one(String id) {
    return jobs.get().stream()
        .filter(job -> job.id().equals(id))
        .findFirst()
        .map(job -> ApiAnswer.of(job.view()))
        .orElseGet(() -> ApiAnswer.refused(404, "there is no job '%s' on this node".formatted(id)));
  }
}
