package rondo.store.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServedRequestTest {
  @Test
  void the_messages_of_a_request_tell_its_id() {
    ServedRequest trace = ServedRequest.next();
    List<Long> messages = new ArrayList<>();
    trace.run(() -> {
      messages.add(ServedRequest.nextMessage());
      messages.add(ServedRequest.nextMessage());
    });
    assertThat(trace.id()).matches("[0-9A-F]{16}");
    assertThat(messages).doesNotHaveDuplicates();
    assertThat(messages).extracting(ServedRequest::idOf).containsOnly(trace.id());
  }

  @Test
  void no_two_messages_have_one_id() {
    Set<Long> seen = new HashSet<>();
    for (int request = 0; request < 50; request++) {
      ServedRequest.next()
          .run(() -> {
            for (long id = ServedRequest.nextMessage(); id != 0; id = ServedRequest.nextMessage()) {
              assertThat(seen.add(id)).isTrue();
            }
          });
    }
    assertThat(seen).hasSize(50 * 4096);
  }

  @Test
  void numbers_of_older_nodes_and_of_background_work_name_no_request() {
    assertThat(ServedRequest.nextMessage()).isZero();
    assertThat(ServedRequest.idOf(1)).isEmpty();
    assertThat(ServedRequest.idOf((1L << 48) - 1)).isEmpty();
    assertThat(ServedRequest.named("task")).isEqualTo("task");
  }

  @Test
  void tasks_of_a_request_carry_it() {
    ServedRequest trace = ServedRequest.next();
    List<String> names = new ArrayList<>();
    List<Runnable> tasks = new ArrayList<>();
    trace.run(() -> tasks.add(ServedRequest.carrying(() -> names.add(ServedRequest.named("x")))));
    tasks.getFirst().run();
    assertThat(names).containsExactly("x-" + trace.id());
  }
}
