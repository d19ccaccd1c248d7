package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import rondo.ring.membership.Founding.Heard;
import rondo.ring.placement.Life;
import rondo.ring.placement.Node;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

final class FoundingTest {
  private static final List<String> ADDRESSES = List.of("one:1", "two:1", "three:1");

  private final Node one = node(1, "one");
  private final Node two = node(2, "two");
  private final Node three = node(3, "three");
  private long nanos;
  private final Founding founding = new Founding(one, time());

  private final Map<String, Heard> heard =
      new TreeMap<>(Map.of("one:1", heard(1, 0), "two:1", heard(2, 0), "three:1", heard(3, 0)));

  @Test
  void the_lowest_founds_when_all_are_heard_and_agree() {
    offerAll();
    assertThat(founding.meet(heard, ADDRESSES, 3)).containsExactly(one, two, three);
    assertThat(founding.obstacle()).isEmpty();
  }

  @Test
  void another_than_the_lowest_waits_for_it() {
    var second = new Founding(two, time());
    second.offer(one, 3);
    second.offer(three, 3);
    assertThat(second.meet(heard, ADDRESSES, 3)).isNull();
    assertThat(second.obstacle()).isEmpty();
  }

  @Test
  void a_silent_node_blocks_it() {
    offerAll();
    heard.remove("two:1");
    assertBlocked(
        "to found the cluster all 3 nodes must answer, and there is no answer from two:1");
  }

  @Test
  void three_emptied_nodes_of_five_found_nothing() {
    offerAll();
    var five = List.of("one:1", "two:1", "three:1", "four:1", "five:1");
    assertThat(founding.meet(heard, five, 5)).isNull();
    assertThat(founding.obstacle()).contains("no answer from four:1, five:1");
    heard.put("four:1", heard(4, 17));
    assertThat(founding.meet(heard, five, 5)).isNull();
    assertThat(founding.exists()).isTrue();
  }

  @Test
  void nothing_is_founded_once_a_member_was_heard() {
    offerAll();
    heard.put("two:1", heard(2, 1));
    assertThat(founding.meet(heard, ADDRESSES, 3)).isNull();
    heard.put("two:1", heard(2, 0));
    assertThat(founding.meet(heard, ADDRESSES, 3)).isNull();
  }

  @Test
  void nodes_that_expect_different_numbers_are_told_so() {
    offerAll();
    founding.offer(two, 5);
    assertBlocked("the node at two:1 expects 5 nodes, and this one 3: give all the same --expect");
  }

  @Test
  void two_nodes_of_one_name_are_told_so() {
    offerAll();
    founding.offer(node(3, "two"), 3);
    assertBlocked("the nodes at three:1 and two:1 are both called 'two': give one another --node");
  }

  @Test
  void two_addresses_of_one_node_are_no_two_nodes() {
    offerAll();
    heard.put("three:1", heard(2, 0));
    assertBlocked("the nodes at three:1 and two:1 are both called 'two': give one another --node");
  }

  @Test
  void an_offer_of_long_ago_counts_no_more() {
    offerAll();
    nanos += 6_000_000_000L;
    assertBlocked(
        "the node at three:1 doesn't offer to found a cluster: start it with this node's --expect"
            + " and --join");
  }

  @Test
  void one_node_more_than_expected_blocks_it() {
    offerAll();
    founding.offer(node(4, "four"), 3);
    assertBlocked("4 nodes answer or offer to found a cluster, and 3 are expected");
  }

  private void assertBlocked(String why) {
    assertThat(founding.meet(heard, ADDRESSES, 3)).isNull();
    assertThat(founding.obstacle()).isEqualTo(why);
  }

  private void offerAll() {
    for (Node node : List.of(requireNonNull(two), three)) {
      founding.offer(node, 3);
    }
  }

  private static Heard heard(long id, long epoch) {
    return new Heard(new NodeId(id), epoch);
  }

  private static Node node(long id, String name) {
    return new Node(new NodeId(id), Life.of(name, Bytes.EMPTY), "", 1L << 40, name + ":1", "");
  }

  private Time time() {
    return new Time() {
      @Override
      public long wallMicros() {
        return nanos / 1000;
      }

      @Override
      public long nanos() {
        return nanos;
      }
    };
  }
}
