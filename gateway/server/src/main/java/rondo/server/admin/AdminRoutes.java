package rondo.server.admin;

import java.util.Set;
import rondo.s3.auth.Identity.AdminRole;
import rondo.s3.sweep.LifecyclePreview;
import rondo.server.admin.AdminServer.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Routes requests by method and path, and names the role that each needs. Thread-safe. */
public record AdminRoutes(
    NodeView node,
    UserApi users,
    LayoutApi layout,
    LifecyclePreview lifecycles,
    BucketApi buckets,
    KeyApi keys,
    AccessExplainer explain,
    OperatorActions actions) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Reads of the nodes' state, which tell nothing of accounts, keys or objects. */
  private static final Set<String> OF_OPERATORS =
      Set.of(
          "GET status",
          "GET missing",
          "GET losses",
          "GET scrub",
          "GET ring",
          "GET limits",
          "GET disks",
          "GET layout",
          "GET usage/*");

  /** The least role that may send the request. */
  static AdminRole role(AdminRequest request) {
    return OF_OPERATORS.contains(route(request)) ? AdminRole.OPERATOR : AdminRole.ADMINISTRATOR;
  }

  /** The method and the path, with a star in the place of the name that stands second. */
  private static String route(AdminRequest request) {
    String[] path = segments(request);
    if (path.length > 1) {
      path[1] = "*";
    }
    return request.method() + " " + String.join("/", path);
  }

  private static String[] segments(AdminRequest request) {
    return request.path().substring(1).split("/", -1);
  }

  Answer answer(AdminRequest request) {
    String[] path = segments(request);
    String name = path.length > 1 ? path[1] : "";
    String body = request.body();
    return switch (route(request)) {
      case "GET status" -> new Answer(200, node.status());
      case "GET missing" -> new Answer(200, node.missing());
      case "GET losses" -> new Answer(200, node.losses());
      case "POST losses" -> accept(tree(body));
      case "GET scrub" -> new Answer(200, node.scrub());
      case "POST scrub" -> scrubNow();
      case "GET ring" -> new Answer(200, node.ring());
      case "GET layout" -> layout.show();
      case "POST layout/*" -> layout.change(name, body);
      case "GET users" -> new Answer(200, users.list());
      case "POST users" -> new Answer(200, users.add(tree(body)));
      case "DELETE users/*" -> new Answer(200, users.remove(name));
      case "POST users/*/keys" -> new Answer(200, users.addKey(name));
      case "PUT users/*/role" -> new Answer(200, users.setRole(name, tree(body)));
      case "GET users/*/policy", "GET keys/*/policy" ->
          new Answer(200, users.policy(path[0], name));
      case "PUT users/*/policy", "PUT keys/*/policy" ->
          new Answer(200, users.putPolicy(path[0], name, body));
      case "DELETE users/*/policy", "DELETE keys/*/policy" ->
          new Answer(200, users.putPolicy(path[0], name, ""));
      case "DELETE keys/*" -> new Answer(200, users.removeKey(name));
      case "GET master-keys", "POST master-keys/*" -> keys(name, request);
      case "GET lifecycle/*" -> new Answer(200, lifecycles.of(name));
      case "POST stop" -> actions.stop().stop(tree(body));
      case "GET tokens" -> actions.tokens().list();
      case "POST tokens" -> actions.tokens().create(tree(body));
      case "POST tokens/*" ->
          name.equals("rotate") ? actions.tokens().rotate(tree(body)) : unknown(request);
      case "POST rescue/*" -> rescue(name, request);
      case "DELETE tokens/*" -> actions.tokens().revoke(name);
      case "GET explain" -> new Answer(200, explain.of(request.signed()));
      default -> ofBucket(name, request);
    };
  }

  private Answer ofNodes(String name, AdminRequest request) {
    NodeOrders orders = actions.nodes();
    return switch (route(request)) {
      case "GET limits" -> orders.limits();
      case "PUT limits" -> orders.limit(tree(request.body()));
      case "PUT maintenance/*" -> orders.maintain(name, tree(request.body()));
      case "PUT bans/*" -> orders.ban(name, true);
      case "DELETE bans/*" -> orders.ban(name, false);
      case "GET disks" -> actions.disks().list();
      case "POST disks/*" -> actions.disks().order(name, tree(request.body()));
      default -> unknown(request);
    };
  }

  private Answer ofBucket(String name, AdminRequest request) {
    String body = request.body();
    return switch (route(request)) {
      case "GET usage/*" -> new Answer(200, buckets.usage(name));
      case "GET shards/*" -> new Answer(200, buckets.shards(name));
      case "PUT grants/*" -> new Answer(200, actions.grants().grant(name, tree(body)));
      case "PUT quota/*" -> new Answer(200, buckets.setQuota(name, tree(body)));
      case "PUT quorum/*" -> new Answer(200, buckets.setQuorums(name, tree(body)));
      case "PUT copies/*" -> new Answer(200, buckets.setCopies(name, tree(body)));
      case "PUT available/*" -> new Answer(200, buckets.setAvailable(name));
      case "GET conflicts/*" -> new Answer(200, buckets.conflicts(name));
      case "PUT consistency/*" -> new Answer(200, buckets.setReads(name, tree(body)));
      default -> ofNodes(name, request);
    };
  }

  private Answer keys(String order, AdminRequest request) {
    return switch (order) {
      case "" -> keys.view();
      case "count" -> keys.start(false);
      case "rewrap" -> keys.start(true);
      case "stop" -> keys.stop();
      default -> unknown(request);
    };
  }

  private Answer rescue(String what, AdminRequest request) {
    JsonNode order = tree(request.body());
    return switch (what) {
      case "preview" -> new Answer(200, actions.rescue().preview(order));
      case "begin" -> new Answer(200, actions.rescue().begin(order));
      default -> unknown(request);
    };
  }

  private static Answer unknown(AdminRequest request) {
    String what = request.method() + " " + request.path();
    return new Answer(404, AdminServer.error("there is no " + what));
  }

  private Answer scrubNow() {
    node.scrubNow();
    return new Answer(200, node.scrub());
  }

  private Answer accept(JsonNode order) {
    return new Answer(200, node.acceptLosses(order.path("accept").asString("")));
  }

  private static JsonNode tree(String body) {
    return JSON.readTree(body);
  }
}
