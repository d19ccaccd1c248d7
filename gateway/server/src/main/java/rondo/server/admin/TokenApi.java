package rondo.server.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import rondo.ring.layout.Feature;
import rondo.ring.layout.JoinKey;
import rondo.ring.layout.JoinKeys;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.membership.Membership;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiCall;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.Page;
import rondo.server.storage.TokenIssuer;
import rondo.store.transport.Authority;
import tools.jackson.databind.JsonNode;

/** Makes, shows and ends join tokens. Thread-safe. */
public final class TokenApi implements ApiFamily {
  private static final JsonSchema TOKEN = JsonSchema.answer("id:string", "token:string");

  /** A hundred years. */
  private static final long LONGEST_SECONDS = 3_155_760_000L;

  private static final long PATIENCE_NANOS = 15_000_000_000L;

  /** So many members are known to a node that joins, any of which it may ask. */
  private static final int MOST_MEMBERS = 64;

  private final Membership membership;
  private final TokenIssuer issuer;
  private final Time time;

  public TokenApi(Membership membership, TokenIssuer issuer, Time time) {
    this.membership = membership;
    this.issuer = issuer;
    this.time = time;
  }

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/v1/tokens", "Lists the join tokens, without their secrets.")
            .old("/tokens")
            .paged()
            .gives(
                JsonSchema.page(
                    "tokens",
                    JsonSchema.answer("id:string", "uses:integer", "untilSeconds:integer")),
                this::list),
        ApiRoute.post("/v1/tokens", "Makes a token for a number of nodes and a time.")
            .old("/tokens")
            .mayTake(
                JsonSchema.object(
                    JsonSchema.optional("uses", JsonSchema.whole(1, Integer.MAX_VALUE)),
                    JsonSchema.optional("seconds", JsonSchema.whole(1, LONGEST_SECONDS))))
            .gives(TOKEN, call -> create(call.json())),
        ApiRoute.post("/v1/tokens/rotate", "Makes a token without an end; ends those before.")
            .old("/tokens/rotate")
            .mayTake(JsonSchema.object(JsonSchema.optional("any", JsonSchema.flag())))
            .gives(TOKEN, call -> rotate(call.json())),
        ApiRoute.delete("/v1/tokens/{token}", "Ends a token: nodes that came by it stay.")
            .old("/tokens/{token}")
            .gives(JsonSchema.words(), call -> revoke(call.name("token"))));
  }

  /** The tokens, without their secrets. */
  private ApiAnswer list(ApiCall call) {
    Layout layout = membership.layout();
    if (layout == null) {
      return refused("this node is no member of a cluster yet");
    }
    var shown = new ArrayList<Map<String, Object>>();
    if (JoinKeys.of(layout.members(), Authority.FIRST) == null) {
      shown.add(shown(new JoinKey(Authority.FIRST, Bytes.EMPTY, JoinKey.UNCOUNTED, 0, false)));
    }
    layout.members().joinKeys().forEach(key -> shown.add(shown(key)));
    return ApiAnswer.of(
        call.old()
            ? Map.of("tokens", shown)
            : Page.of("tokens", shown, it -> String.valueOf(it.get("id")), call));
  }

  private Map<String, Object> shown(JoinKey key) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("id", key.id());
    shown.put("uses", key.uses());
    shown.put("untilSeconds", key.untilSeconds());
    shown.put("obstacle", key.obstacle(nowSeconds()));
    return shown;
  }

  private long nowSeconds() {
    return TimeUnit.MICROSECONDS.toSeconds(time.wallMicros());
  }

  /** Makes a token for a number of nodes and a time. */
  ApiAnswer create(JsonNode body) {
    int uses = body.path("uses").asInt(1);
    long seconds = body.path("seconds").asLong(TimeUnit.HOURS.toSeconds(1));
    if (uses < 1 || seconds < 1) {
      throw new IllegalArgumentException("a token is for at least one node and one second");
    }
    TokenIssuer.Issued issued = issuer.issue(members(), uses, nowSeconds() + seconds);
    return ordered(issued, List.of(new LayoutChange.Token(issued.key())));
  }

  /** Ends a token. */
  ApiAnswer revoke(String id) {
    Layout layout = membership.layout();
    boolean first =
        layout != null && id.equals(Authority.FIRST) && JoinKeys.of(layout.members(), id) == null;
    LayoutChange change =
        first ? new LayoutChange.Token(issuer.firstEnded()) : new LayoutChange.Revoke(id);
    return order(List.of(change))
        ? new ApiAnswer(
            200, Map.of("text", "the join token %s takes no node in any more%n".formatted(id)))
        : unknown();
  }

  /** Makes a token without a count or an end, and ends all others of that kind. */
  ApiAnswer rotate(JsonNode body) {
    Layout layout = membership.layout();
    boolean any = body.path("any").asBoolean(false);
    TokenIssuer.Issued issued =
        issuer.issue(members(), any ? JoinKey.UNCOUNTED : JoinKey.READMITS, 0);
    var changes = new ArrayList<LayoutChange>();
    changes.add(new LayoutChange.Token(issued.key()));
    if (layout != null) {
      layout.members().joinKeys().stream()
          .filter(key -> key.isLasting() && !key.revoked())
          .forEach(key -> changes.add(new LayoutChange.Revoke(key.id())));
      if (JoinKeys.of(layout.members(), Authority.FIRST) == null) {
        changes.add(new LayoutChange.Token(issuer.firstEnded()));
      }
    }
    ApiAnswer answer = ordered(issued, changes);
    if (answer.status() == 200) {
      issuer.keep(issued);
    }
    return answer;
  }

  private List<Bytes> members() {
    Layout layout = membership.layout();
    return layout == null
        ? List.of()
        : layout.nodes().stream()
            .map(node -> node.life().key())
            .filter(key -> key.length() > 0)
            .limit(MOST_MEMBERS)
            .toList();
  }

  private ApiAnswer ordered(TokenIssuer.Issued issued, List<LayoutChange> changes) {
    return order(changes)
        ? new ApiAnswer(200, Map.of("id", issued.key().id(), "token", issued.text()))
        : unknown();
  }

  private boolean order(List<LayoutChange> changes) {
    Layout layout = membership.layout();
    if (layout == null || !layout.members().knows(Feature.JOIN_KEYS)) {
      throw new IllegalArgumentException(
          "some nodes run an older program, which knows one join token alone: upgrade them first");
    }
    return membership.order(changes, time.nanos() + PATIENCE_NANOS);
  }

  private static ApiAnswer unknown() {
    return refused("too few nodes answer to change the layout now, or it is changing; try again");
  }

  private static ApiAnswer refused(String why) {
    return ApiAnswer.refused(503, why);
  }
}
