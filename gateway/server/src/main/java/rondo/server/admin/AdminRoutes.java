package rondo.server.admin;

import rondo.s3.sweep.LifecyclePreview;
import rondo.server.admin.AdminServer.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Routes root's requests by method and path. Thread-safe. */
public record AdminRoutes(
    NodeView node,
    UserApi users,
    LayoutApi layout,
    LifecyclePreview lifecycles,
    BucketApi buckets,
    AccessExplainer explain) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  Answer answer(AdminRequest request) {
    String[] path = request.path().substring(1).split("/", -1);
    String route = request.method() + " " + path[0] + "/" + path.length;
    return switch (route) {
      case "GET status/1" -> new Answer(200, node.status());
      case "GET missing/1" -> new Answer(200, node.missing());
      case "GET losses/1" -> new Answer(200, node.losses());
      case "POST losses/1" -> accept(tree(request.body()));
      case "GET scrub/1" -> new Answer(200, node.scrub());
      case "POST scrub/1" -> {
        node.scrubNow();
        yield new Answer(200, node.scrub());
      }
      case "GET ring/1" -> new Answer(200, node.ring());
      case "GET layout/1" -> layout.show();
      case "POST layout/2" -> layout.change(path[1], request.body());
      case "GET users/1" -> new Answer(200, users.list());
      case "POST users/1" -> new Answer(200, users.add(tree(request.body())));
      case "DELETE users/2" -> new Answer(200, users.remove(path[1]));
      case "POST users/3" -> new Answer(200, users.addKey(path[1]));
      case "GET lifecycle/2" -> new Answer(200, lifecycles.of(path[1]));
      case "GET users/3", "GET keys/3" -> new Answer(200, users.policy(path[0], path[1]));
      case "PUT users/3", "PUT keys/3" ->
          new Answer(200, users.putPolicy(path[0], path[1], request.body()));
      case "DELETE users/3", "DELETE keys/3" ->
          new Answer(200, users.putPolicy(path[0], path[1], ""));
      case "GET explain/1" -> new Answer(200, explain.of(request.signed()));
      case "DELETE keys/2" -> new Answer(200, users.removeKey(path[1]));
      case "GET usage/2" -> new Answer(200, buckets.usage(path[1]));
      case "GET shards/2" -> new Answer(200, buckets.shards(path[1]));
      case "PUT quota/2" -> new Answer(200, buckets.setQuota(path[1], tree(request.body())));
      case "PUT quorum/2" -> new Answer(200, buckets.setQuorums(path[1], tree(request.body())));
      case "PUT copies/2" -> new Answer(200, buckets.setCopies(path[1], tree(request.body())));
      case "PUT available/2" -> new Answer(200, buckets.setAvailable(path[1]));
      case "GET conflicts/2" -> new Answer(200, buckets.conflicts(path[1]));
      case "PUT consistency/2" -> new Answer(200, buckets.setReads(path[1], tree(request.body())));
      default -> unknown(request);
    };
  }

  private static Answer unknown(AdminRequest request) {
    String what = request.method() + " " + request.path();
    return new Answer(404, AdminServer.error("there is no " + what));
  }

  private Answer accept(JsonNode order) {
    return new Answer(200, node.acceptLosses(order.path("accept").asString("")));
  }

  private static JsonNode tree(String body) {
    return JSON.readTree(body);
  }
}
