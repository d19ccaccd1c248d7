package rondo.server.admin;

import java.util.ArrayList;
import java.util.List;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiCall;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.Page;
import rondo.server.api.RouteDraft;

/** Shows the node: its health, its state, and what it lacks. Thread-safe. */
public record NodeRoutes(NodeView node) implements ApiFamily {
  private static final JsonSchema SCRUB =
      JsonSchema.answer("folders:objects", "metadata:object", "damagedChunks:integer");

  private static final JsonSchema LOSSES = JsonSchema.answer();

  @Override
  public List<ApiRoute> routes() {
    var all = new ArrayList<>(pages());
    all.addAll(states());
    all.addAll(damage());
    return all;
  }

  private List<ApiRoute> pages() {
    return List.of(
        page("/health", "Answers all questions about the node's health.")
            .gives(JsonSchema.document(), this::health),
        page("/health/live", "Tells whether the process works.").givesText(this::health),
        page("/health/ready", "Tells whether it takes requests.").givesText(this::health),
        page("/health/quorum", "Tells whether all data has a quorum.").givesText(this::health),
        page("/health/whole", "Tells whether all data has all its copies.").givesText(this::health),
        page("/metrics", "Gives the metrics in Prometheus' text format.").givesText(this::health));
  }

  private List<ApiRoute> states() {
    return List.of(
        ApiRoute.get("/v1/status", "Shows the node and its cluster. Asks the other nodes.")
            .old("/status")
            .forOperators()
            .gives(
                JsonSchema.answer("node:string", "id:string", "cluster:string", "health:object"),
                call -> ApiAnswer.of(node.status())),
        ApiRoute.get("/v1/ring", "Draws the ring as text.")
            .old("/ring")
            .forOperators()
            .givesText(call -> ApiAnswer.of(node.ring())),
        ApiRoute.get("/v1/missing", "Lists the chunks that this node should hold and lacks.")
            .old("/missing")
            .forOperators()
            .paged()
            .gives(
                JsonSchema.page("missing", JsonSchema.answer("chunk:string", "holders:strings")),
                this::missing));
  }

  private List<ApiRoute> damage() {
    return List.of(
        ApiRoute.get("/v1/losses", "Shows the ranges of this node's metadata that damage took.")
            .old("/losses")
            .forOperators()
            .gives(LOSSES, call -> ApiAnswer.of(node.losses())),
        ApiRoute.post("/v1/losses", "Accepts the loss: closes all lost ranges of a node now.")
            .old("/losses")
            .takes(
                JsonSchema.object(
                    JsonSchema.required(
                        "accept", JsonSchema.text(1, 64).described("The node's name or id."))))
            .gives(LOSSES, this::accept),
        ApiRoute.get("/v1/scrub", "Shows the findings of the last readings of the disks.")
            .old("/scrub")
            .forOperators()
            .gives(SCRUB, call -> ApiAnswer.of(node.scrub())),
        ApiRoute.post("/v1/scrub", "Has everything read again at once.")
            .old("/scrub")
            .gives(SCRUB, call -> scrubNow()));
  }

  private static RouteDraft page(String path, String summary) {
    return ApiRoute.get(path, summary).forEveryone();
  }

  private ApiAnswer health(ApiCall call) {
    ApiAnswer page = new HealthPages(node).answer(call.signed().rawPath());
    return page == null ? ApiAnswer.refused(404, "here are " + HealthPages.PATHS) : page;
  }

  private ApiAnswer missing(ApiCall call) {
    return ApiAnswer.of(
        call.old()
            ? node.missing()
            : Page.of("missing", node.missing(), it -> String.valueOf(it.get("chunk")), call));
  }

  private ApiAnswer accept(ApiCall call) {
    return ApiAnswer.of(node.acceptLosses(call.json().path("accept").asString("")));
  }

  private ApiAnswer scrubNow() {
    node.scrubNow();
    return ApiAnswer.of(node.scrub());
  }
}
