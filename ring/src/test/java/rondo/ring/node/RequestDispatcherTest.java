package rondo.ring.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.VersionedValue;

final class RequestDispatcherTest {
  private static final NodeId ONE = new NodeId(1);
  private static final Key KEY = new Key(1, Bytes.utf8("shard"), Bytes.utf8("key"));
  private static final Reply STALE = new Reply.Stale(7);

  private final List<String> steps = new ArrayList<>();
  private final RequestDispatcher dispatcher =
      new RequestDispatcher(
          (from, epoch, answer) -> {
            steps.add("fence");
            return epoch == 7 ? answer.get() : STALE;
          },
          (propagate, replica) -> {
            steps.add("intake");
            return replica.get();
          },
          rows -> step("rows"),
          membership -> step("membership"),
          node -> step("node"));

  private Reply step(String step) {
    steps.add(step);
    return new Reply.Done();
  }

  @Test
  void a_read_of_a_row_is_held_to_its_epoch() {
    assertThat(dispatcher.handle(ONE, new Request.Query(7, KEY, true))).isEqualTo(new Reply.Done());
    assertThat(steps).containsExactly("fence", "rows");
  }

  @Test
  void a_state_is_taken_in_behind_the_fence() {
    dispatcher.handle(ONE, new Request.Propagate(7, KEY, VersionedValue.NEVER));
    assertThat(steps).containsExactly("fence", "intake", "rows");
  }

  @Test
  void a_state_of_another_epoch_is_not_taken_in() {
    assertThat(dispatcher.handle(ONE, new Request.Propagate(6, KEY, VersionedValue.NEVER)))
        .isEqualTo(STALE);
    assertThat(steps).containsExactly("fence");
  }

  @Test
  void what_concerns_layouts_and_nodes_is_answered_whatever_the_epoch() {
    dispatcher.handle(ONE, new Request.FetchLayout(0));
    dispatcher.handle(ONE, new Request.ReportUnderReplication(0));
    assertThat(steps).containsExactly("membership", "node");
  }
}
