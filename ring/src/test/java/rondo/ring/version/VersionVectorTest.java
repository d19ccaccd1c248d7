package rondo.ring.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class VersionVectorTest {
  private final Random random = new Random(7);

  private Dot dot() {
    return new Dot(random.nextInt(3), random.nextInt(2), 1 + random.nextInt(5));
  }

  private VersionVector vector() {
    VersionVector vector = VersionVector.NONE;
    for (int i = random.nextInt(6); i > 0; i--) {
      vector = vector.with(dot());
    }
    return vector;
  }

  @Test
  void joining_is_idempotent_commutative_and_associative() {
    for (int i = 0; i < 2_000; i++) {
      VersionVector a = vector();
      VersionVector b = vector();
      VersionVector c = vector();
      assertThat(a.join(a)).isEqualTo(a);
      assertThat(a.join(b)).isEqualTo(b.join(a));
      assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
      assertThat(a.join(VersionVector.NONE)).isEqualTo(a);
      assertThat(a.join(b).covers(a) && a.join(b).covers(b)).isTrue();
      assertThat(a.covers(b)).isEqualTo(a.join(b).equals(a));
    }
  }

  @Test
  void a_joined_vector_covers_what_one_of_them_does_and_nothing_else() {
    for (int i = 0; i < 2_000; i++) {
      VersionVector a = vector();
      VersionVector b = vector();
      Dot dot = dot();
      assertThat(a.join(b).covers(dot)).isEqualTo(a.covers(dot) || b.covers(dot));
      assertThat(a.with(dot).covers(dot)).isTrue();
    }
  }

  @Test
  void a_write_overwrites_what_it_has_seen_and_conflicts_with_the_rest() {
    var one = new DotSource<String>(1);
    var other = new DotSource<String>(2);
    DottedVersionVector first = one.next("k", VersionVector.NONE, 10);
    DottedVersionVector blind = other.next("k", VersionVector.NONE, 11);
    DottedVersionVector second = other.next("k", first.seen(), 12);
    assertThat(first.conflictsWith(blind)).isTrue();
    assertThat(second.overwrites(first)).isTrue();
    assertThat(second.overwrites(blind)).as("a node has seen its own").isTrue();
    assertThat(first.overwrites(second)).isFalse();
    assertThat(first.conflictsWith(first)).isFalse();
  }

  @Test
  void after_a_start_a_node_claims_only_what_it_reads() {
    DottedVersionVector before = new DotSource<String>(1).next("k", VersionVector.NONE, 10);
    DottedVersionVector after = new DotSource<String>(1).next("k", VersionVector.NONE, 20);
    assertThat(after.conflictsWith(before)).isTrue();
  }

  @Test
  void a_node_that_forgets_for_lack_of_room_claims_less() {
    var dots = new DotSource<String>(1, 2);
    DottedVersionVector first = dots.next("a", VersionVector.NONE, 1);
    dots.next("b", VersionVector.NONE, 2);
    dots.next("c", VersionVector.NONE, 3);
    assertThat(dots.next("a", VersionVector.NONE, 4).conflictsWith(first)).isTrue();
  }

  @Test
  void writes_that_are_named_in_another_order_than_stamped_have_not_seen_each_other() {
    var dots = new DotSource<String>(1);
    DottedVersionVector late = dots.next("k", VersionVector.NONE, 9);
    DottedVersionVector early = dots.next("k", VersionVector.NONE, 8);
    DottedVersionVector next = dots.next("k", late.seen(), 10);
    assertThat(early.conflictsWith(late)).isTrue();
    assertThat(next.overwrites(late)).isTrue();
    assertThat(next.overwrites(early)).as("nobody has seen it").isFalse();
  }

  @Test
  void a_vector_stays_small_and_never_claims_more() {
    VersionVector all = VersionVector.NONE;
    for (int life = 1; life <= 100; life++) {
      all = all.with(new Dot(1, life, 10L * life));
    }
    DottedVersionVector next = new DotSource<String>(2).next("k", all, 2_000);
    assertThat(next.encode()).hasSizeLessThan(1024);
    assertThat(all.covers(next.causes())).isTrue();
    assertThat(next.causes().covers(new Dot(1, 100, 1_000))).as("the newest stay").isTrue();
  }

  @Test
  void bytes_are_what_they_were_and_others_are_refused() {
    for (int i = 0; i < 200; i++) {
      var dotted = new DottedVersionVector(dot(), vector());
      assertThat(DottedVersionVector.decode(dotted.encode())).isEqualTo(dotted);
    }
    byte[] bytes = new DottedVersionVector(dot(), VersionVector.NONE.with(dot())).encode();
    for (int length : new int[] {0, 23, 25, bytes.length - 1}) {
      assertThatThrownBy(() -> DottedVersionVector.decode(Arrays.copyOf(bytes, length)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
