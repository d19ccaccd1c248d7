package rondo.store.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;

final class SessionTest {
  private static final Bytes KEY = Bytes.utf8("k");
  private static final Stamp EARLIER = new Stamp(1, -7, 0);
  private static final Stamp LATER = new Stamp(2, 3, 1);

  @Test
  void a_token_carries_what_was_seen_last() {
    var session = new Session();
    session.saw("b", KEY, LATER);
    session.saw("b", KEY, EARLIER);
    session.saw("other", KEY, EARLIER);
    var again = new Session(session.token());
    assertThat(again.atLeast("b", KEY)).isEqualTo(LATER);
    assertThat(again.atLeast("other", KEY)).isEqualTo(EARLIER);
    assertThat(again.atLeast("b", Bytes.utf8("another"))).isEqualTo(Stamp.ZERO);
  }

  @Test
  void what_a_full_token_has_no_room_for_is_read_for_sure() {
    var session = new Session();
    for (int i = 0; i <= Session.MOST; i++) {
      session.saw("b", Bytes.utf8("k" + i), LATER);
    }
    var again = new Session(session.token());
    assertThat(again.atLeast("b", Bytes.utf8("k0"))).isEqualTo(LATER);
    assertThat(again.atLeast("b", Bytes.utf8("k" + Session.MOST))).isNull();
    assertThat(again.token()).hasSizeLessThan(4096);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "AA", "AQAA", "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void other_text_is_no_token(String text) {
    assertThatThrownBy(() -> new Session(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
