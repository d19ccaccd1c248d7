package rondo.server.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.layout.LayoutPlan;
import rondo.ring.layout.Members;
import rondo.ring.layout.NodeNames;
import rondo.ring.layout.Redundancy;
import rondo.ring.membership.Membership;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;
import rondo.s3.identity.IdentityRegisters;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.RouteDraft;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes of the layout by an operator, through any node. Changes are staged in a row of the
 * cluster, shown with the data that they would move, and then applied or reverted. They can also be
 * applied at once, when too few nodes answer to stage them. Thread-safe.
 */
public final class LayoutApi implements ApiFamily {
  private static final Key STAGED = new Key(Tables.STAGED, Bytes.utf8("layout"), Bytes.EMPTY);
  private static final long PATIENCE_NANOS = 15_000_000_000L;
  private static final int MOST_CHANGES = 1000;

  private static final JsonSchema ORDERS =
      JsonSchema.object(
          JsonSchema.required("orders", JsonSchema.list(JsonSchema.text(1, 128), 1, MOST_CHANGES)));

  private final Membership membership;
  private final IdentityRegisters registers;
  private final NodeView node;
  private final Time time;

  public LayoutApi(Membership membership, IdentityRegisters registers, NodeView node, Time time) {
    this.membership = membership;
    this.registers = registers;
    this.node = node;
    this.time = time;
  }

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/v1/layout", "Shows the staged orders, and how much data they would move.")
            .old("/layout")
            .forOperators()
            .gives(
                JsonSchema.answer("epoch:integer", "moving:boolean", "staged:list", "text:string"),
                call -> show()),
        orders("stage", "Stages orders, such as 'drain NODE', for the next apply."),
        orders("plan", "Says what orders would do, and does nothing."),
        orders("now", "Applies orders at once, without staging them."),
        order("apply", "Applies what is staged."),
        order("revert", "Forgets what is staged."),
        order("abort", "Gives up what is moving, until another order is applied."));
  }

  private ApiRoute orders(String what, String summary) {
    return end(draft(what, summary).takes(ORDERS), what);
  }

  private ApiRoute order(String what, String summary) {
    return end(draft(what, summary), what);
  }

  private static RouteDraft draft(String what, String summary) {
    return ApiRoute.post("/v1/layout/" + what, summary).old("/layout/" + what);
  }

  private ApiRoute end(RouteDraft draft, String what) {
    return draft.gives(JsonSchema.words(), call -> change(what, call.text()));
  }

  /** Shows the staged changes, and how much data they would move. */
  private ApiAnswer show() {
    return show("");
  }

  private ApiAnswer show(String before) {
    Layout layout = membership.layout();
    List<LayoutChange> staged = staged();
    if (layout == null || staged == null) {
      return unavailable();
    }
    var shown = new LinkedHashMap<String, Object>();
    shown.put("epoch", layout.epoch());
    shown.put("moving", layout.joint());
    shown.put("due", layout.due());
    shown.put("held", layout.members().held());
    shown.put("staged", staged);
    shown.put("silent", membership.silent().stream().map(NodeNames.of(layout)::label).toList());
    shown.put("text", before + text(layout, staged));
    return new ApiAnswer(200, shown);
  }

  /** Runs the command of that name. */
  private ApiAnswer change(String what, String body) {
    Layout layout = membership.layout();
    if (layout == null) {
      return unavailable();
    }
    return switch (what) {
      case "stage" -> stage(layout, changes(layout, body));
      case "plan" -> plan(layout, changes(layout, body));
      case "now" -> applyNow(changes(layout, body));
      case "apply" -> apply();
      case "revert" -> revert();
      case "abort" -> applyNow(List.of(new LayoutChange.Hold()));
      default -> ApiAnswer.refused(404, "there is no layout/" + what);
    };
  }

  private static List<LayoutChange> changes(Layout layout, String body) {
    var changes = new ArrayList<LayoutChange>();
    NodeNames names = NodeNames.of(layout);
    for (JsonNode order : JsonMapper.shared().readTree(body).path("orders")) {
      changes.add(LayoutChange.parse(names.withIds(order.asString(""))));
    }
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("no orders are given");
    }
    return changes;
  }

  /** Shows what changes would do, and does nothing. */
  private ApiAnswer plan(Layout layout, List<LayoutChange> changes) {
    return new ApiAnswer(200, Map.of("text", preview(layout, changes)));
  }

  /**
   * Stages changes. A change that could not be carried out isn't staged either; what is staged
   * already isn't staged twice, and a later order takes the place of one that contradicts it.
   */
  private ApiAnswer stage(Layout layout, List<LayoutChange> changes) {
    List<LayoutChange> staged = staged();
    if (staged == null) {
      return unavailable();
    }
    if (staged.size() + changes.size() > MOST_CHANGES) {
      throw new IllegalArgumentException("more than " + MOST_CHANGES + " orders at once");
    }
    Redundancy.check(layout, and(staged, changes));
    if (!replaced(before -> and(before, changes))) {
      return unavailable();
    }
    List<LayoutChange> gone =
        staged.stream().filter(it -> !changes.contains(it) && isReplaced(it, changes)).toList();
    return show(gone.isEmpty() ? "" : list("no longer staged:", gone));
  }

  private static List<LayoutChange> and(List<LayoutChange> staged, List<LayoutChange> changes) {
    var all = new ArrayList<>(staged);
    all.removeIf(older -> isReplaced(older, changes));
    all.addAll(changes);
    return all;
  }

  private static boolean isReplaced(LayoutChange older, List<LayoutChange> changes) {
    return changes.stream().anyMatch(change -> change.replaces(older));
  }

  private ApiAnswer apply() {
    List<LayoutChange> staged = staged();
    if (staged == null) {
      return unavailable();
    }
    if (staged.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is staged: perhaps it was applied or reverted from another terminal");
    }
    ApiAnswer given = applyNow(staged);
    if (given.status() == 200) {
      // What was staged since then stays.
      replaced(now -> now.stream().filter(order -> !staged.contains(order)).toList());
    }
    return given;
  }

  private ApiAnswer revert() {
    List<LayoutChange> staged = staged();
    if (staged == null || !replaced(_ -> List.of())) {
      return unavailable();
    }
    String text =
        staged.isEmpty() ? "nothing was staged%n".formatted() : list("no longer staged:", staged);
    return new ApiAnswer(200, Map.of("text", text));
  }

  private ApiAnswer applyNow(List<LayoutChange> changes) {
    if (membership.order(changes, time.nanos() + PATIENCE_NANOS)) {
      Layout now = membership.layout();
      boolean takesBack = changes.stream().anyMatch(LayoutChange.Add.class::isInstance);
      String then =
          now != null && now.joint()
              ? "data moves now, 'rondo status' shows how far it is%n".formatted()
              : takesBack
                  ? "the node takes its share as soon as it is heard%n".formatted()
                  : "nothing has to move%n".formatted();
      var orders = changes.stream().map(LayoutChange::toString).toList();
      return new ApiAnswer(
          200,
          Map.of(
              "text", list("the layout has these orders now:", changes) + then, "orders", orders));
    }
    return ApiAnswer.refused(
        503, "too few nodes answer to change the layout now, or it is changing; try again");
  }

  private String list(String head, List<LayoutChange> orders) {
    var text = new StringBuilder(head).append('\n');
    NodeNames names = NodeNames.of(membership.layout());
    orders.forEach(
        order -> text.append("  ").append(names.withNames(order.toString())).append('\n'));
    return text.toString();
  }

  /** Changes what is staged; false when too few nodes answer. */
  private boolean replaced(UnaryOperator<List<LayoutChange>> change) {
    var outcome =
        registers.update(STAGED, before -> new Decision.Put(text(change.apply(parse(before)))));
    return outcome instanceof Outcome.Reached<ConditionalResult>;
  }

  private @Nullable List<LayoutChange> staged() {
    return registers.read(STAGED) instanceof Outcome.Reached<VersionedValue>(VersionedValue state)
        ? parse(state)
        : null;
  }

  private static List<LayoutChange> parse(VersionedValue state) {
    Bytes value = state.value();
    return value == null ? List.of() : value.utf8().lines().map(LayoutChange::parse).toList();
  }

  private static @Nullable Bytes text(List<LayoutChange> changes) {
    return changes.isEmpty()
        ? null
        : Bytes.utf8(String.join("\n", changes.stream().map(LayoutChange::toString).toList()));
  }

  private String text(Layout layout, List<LayoutChange> staged) {
    var text = new StringBuilder();
    if (layout.joint()) {
      text.append(
          "epoch %d is moving data; what is applied now follows%n".formatted(layout.epoch()));
    }
    if (layout.members().held()) {
      text.append("nothing moves until the next order is applied\n");
    }
    if (staged.isEmpty()) {
      return text.append("nothing is staged\n").toString();
    }
    text.append(list("staged:", staged)).append("then:\n");
    try {
      return text.append(preview(layout, staged)).toString();
    } catch (IllegalArgumentException e) {
      // The cluster has changed since it was staged.
      return text.append("  refused: ").append(e.getMessage()).append('\n').toString();
    }
  }

  private String preview(Layout layout, List<LayoutChange> changes) {
    Members wanted = Redundancy.check(layout, changes);
    return LayoutPlan.of(layout, wanted).draw(node.copyBytes(), node.copyBytesPerSecond());
  }

  private static ApiAnswer unavailable() {
    return ApiAnswer.refused(
        503,
        "too few nodes answer to read or keep what is staged: try again, or give the order with"
            + " --now");
  }
}
