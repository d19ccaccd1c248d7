package rondo.s3.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MemoryBudgetTest {
  private static final long MIB = 1 << 20;
  private static final long BASE = RequestMemory.BASE_BYTES;

  private final AdmissionCounters counters = new AdmissionCounters();
  private final MemoryBudget budget = budget(Duration.ofSeconds(30), Duration.ZERO);

  private MemoryBudget budget(Duration patience, Duration grace) {
    var settings =
        new AdmissionSettings(
            16 * MIB, 10, Duration.ofSeconds(1), Duration.ofSeconds(1), patience, grace);
    return new MemoryBudget(settings, counters);
  }

  @Test
  void memory_follows_the_heap_and_the_direct_memory() {
    AdmissionSettings small = AdmissionSettings.of(256 * MIB, 512 * MIB);
    assertThat(small.memoryBytes()).isBetween(100 * MIB, 103 * MIB);
    assertThat(small.connections()).isEqualTo(2048);
    assertThat(AdmissionSettings.of(8192 * MIB, 512 * MIB).memoryBytes()).isEqualTo(256 * MIB);
    assertThat(AdmissionSettings.of(8192 * MIB, 512 * MIB).connections()).isEqualTo(16_384);
  }

  @Test
  void requests_are_admitted_as_long_as_there_is_memory_and_a_share_is_left_for_others() {
    var admitted = new ArrayList<RequestMemory>();
    for (RequestMemory one = budget.admit("a"); one != null; one = budget.admit("a")) {
      admitted.add(one);
    }
    assertThat(admitted).hasSize((int) (12 * MIB / BASE));
    assertThat(counters.isShedding()).isTrue();
    RequestMemory other = Objects.requireNonNull(budget.admit("b"));
    assertThat(other.draw(2 * MIB)).isTrue();
    other.close();
    admitted.forEach(RequestMemory::close);
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.requests()).isZero();
  }

  @Test
  void many_greedy_clients_together_leave_some_for_one_more() {
    MemoryBudget impatient = budget(Duration.ZERO, Duration.ofMinutes(1));
    for (int round = 0; round < 300; round++) {
      for (int n = 0; n < 8; n++) {
        RequestMemory signed = impatient.admit(null);
        if (signed != null && !signed.charge("account " + n)) {
          signed.close();
        }
        RequestMemory unsigned = impatient.admit("address " + n);
        if (unsigned != null) {
          unsigned.draw(round % 7 * BASE);
        }
      }
    }
    RequestMemory other = Objects.requireNonNull(impatient.admit(null));
    assertThat(other.charge("account of another")).isTrue();
    assertThat(other.draw(BASE)).isTrue();
  }

  @Test
  void a_signed_request_counts_for_its_account_once_that_is_known() throws Exception {
    RequestMemory large = Objects.requireNonNull(budget.admit("address 1"));
    assertThat(large.charge("account x")).isTrue();
    assertThat(large.draw(11 * MIB)).isTrue();
    RequestMemory next = Objects.requireNonNull(budget.admit(null));
    assertThat(next.draw(2 * MIB)).isTrue();
    CompletableFuture<Boolean> charged =
        CompletableFuture.supplyAsync(() -> next.charge("account x"));
    awaitWaiting();
    large.close();
    assertThat(charged.get(30, TimeUnit.SECONDS)).isTrue();
    next.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void a_request_waits_until_another_gives_back() throws Exception {
    RequestMemory one = Objects.requireNonNull(budget.admit("a"));
    RequestMemory other = Objects.requireNonNull(budget.admit("b"));
    assertThat(one.draw(10 * MIB)).isTrue();
    CompletableFuture<Boolean> drawn = CompletableFuture.supplyAsync(() -> other.draw(8 * MIB));
    awaitWaiting();
    assertThat(drawn).isNotDone();
    assertThat(one.drawExtra(1)).as("there is plenty").isFalse();
    one.close();
    assertThat(drawn.get(30, TimeUnit.SECONDS)).isTrue();
    other.close();
    assertThat(budget.usedBytes()).isZero();
  }

  private void awaitWaiting() {
    while (counters.waited.sum() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void the_request_that_pauses_with_most_is_cut_for_one_that_waits() {
    List<String> cut = new ArrayList<>();
    RequestMemory little = paused("a", MIB, cut);
    RequestMemory much = paused("a", 6 * MIB, cut);
    RequestMemory busy = Objects.requireNonNull(budget.admit("c"));
    assertThat(busy.draw(5 * MIB)).isTrue();
    RequestMemory waits = Objects.requireNonNull(budget.admit("b"));
    assertThat(waits.draw(5 * MIB)).isTrue();
    assertThat(cut).containsExactly("6");
    assertThat(much.isCut()).isTrue();
    assertThat(little.isCut()).isFalse();
    assertThat(counters.cut.sum()).isEqualTo(1);
    for (RequestMemory one : List.of(little, busy, waits)) {
      one.close();
    }
    assertThat(budget.usedBytes()).isZero();
  }

  private RequestMemory paused(String client, long bytes, List<String> cut) {
    RequestMemory request = Objects.requireNonNull(budget.admit(client));
    assertThat(request.draw(bytes)).isTrue();
    request.waitsForClient(() -> {
      cut.add(Long.toString(bytes / MIB));
      request.close();
    });
    return request;
  }

  @Test
  void a_client_that_holds_less_is_not_cut_for_one_that_holds_more() {
    MemoryBudget impatient = budget(Duration.ofMillis(700), Duration.ZERO);
    List<String> cut = new ArrayList<>();
    RequestMemory small = Objects.requireNonNull(impatient.admit("small"));
    assertThat(small.draw(2 * MIB)).isTrue();
    small.waitsForClient(() -> cut.add("small"));
    RequestMemory greedy = Objects.requireNonNull(impatient.admit("greedy"));
    assertThat(greedy.draw(8 * MIB)).isTrue();
    RequestMemory third = Objects.requireNonNull(impatient.admit("third"));
    assertThat(third.draw(2 * MIB)).isTrue();
    RequestMemory more = Objects.requireNonNull(impatient.admit("greedy"));
    assertThat(more.draw(MIB)).isFalse();
    assertThat(cut).isEmpty();
  }

  @Test
  void a_request_whose_client_has_left_waits_no_longer() throws Exception {
    RequestMemory one = Objects.requireNonNull(budget.admit("a"));
    RequestMemory other = Objects.requireNonNull(budget.admit("b"));
    assertThat(one.draw(11 * MIB)).isTrue();
    CompletableFuture<Boolean> drawn = CompletableFuture.supplyAsync(() -> other.draw(8 * MIB));
    awaitWaiting();
    other.clientLeft();
    assertThat(drawn.get(30, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void many_threads_leave_nothing_behind() throws Exception {
    var done = new CountDownLatch(64);
    for (int n = 0; n < 64; n++) {
      String client = "client " + n % 5;
      Thread.ofVirtual()
          .start(() -> {
            for (int round = 0; round < 50; round++) {
              try (RequestMemory request = budget.admit(client)) {
                if (request != null && request.charge("account " + client) && request.draw(MIB)) {
                  request.drawExtra(MIB);
                }
              }
            }
            done.countDown();
          });
    }
    assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.requests()).isZero();
  }
}
