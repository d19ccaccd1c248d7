package rondo.metadata.engine.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineContract;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.TickingTime;

public final class RocksEngineTest extends EngineContract {
  @TempDir private Path folder;

  @Override
  public Engine open() {
    return RocksEngine.open(folder, options(Durability.FSYNC, 1 << 20), new TickingTime());
  }

  private Engine open(String name) {
    return RocksEngine.open(
        folder.resolve(name), options(Durability.FSYNC, 1 << 20), new TickingTime());
  }

  @Test
  void what_was_durable_is_there_after_it_was_opened_again_and_numbers_go_on() {
    long last = 0;
    for (int round = 0; round < 5; round++) {
      try (Engine engine = open("again")) {
        for (int i = 0; i < round; i++) {
          assertThat(get(engine, "k" + i)).isEqualTo("v" + i);
        }
        long next = engine.write(List.of(put("k" + round, "v" + round)));
        assertThat(next).isGreaterThan(last);
        engine.awaitDurable(next);
        last = next;
      }
    }
  }

  @Test
  void no_empty_engine_begins_beside_files_that_another_program_made() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other/generation-2"));
    assertThatThrownBy(() -> open("other")).hasMessageContaining("generation-2 isn't known");
    Files.delete(other);
    open("other").close();
    open("other").close();
  }

  @Test
  void writers_who_wait_together_share_a_sync() throws InterruptedException {
    try (Engine engine = open("group")) {
      var done = new CountDownLatch(32);
      for (int writer = 0; writer < 32; writer++) {
        String name = "w" + writer;
        Thread.startVirtualThread(() -> {
          for (int i = 0; i < 50; i++) {
            engine.awaitDurable(engine.write(List.of(put(name + "/" + i, "v"))));
          }
          done.countDown();
        });
      }
      done.await();
      assertThat(engine.counters().writes().sum()).isEqualTo(1600);
      assertThat(engine.counters().syncs().sum()).isBetween(1L, 1200L);
      assertThat(get(engine, "w31/49")).isEqualTo("v");
    }
  }

  @Test
  void a_folder_is_open_once_and_a_closed_engine_takes_no_write() {
    Engine engine = open("once");
    assertThatThrownBy(() -> open("once")).isInstanceOf(EngineException.class);
    engine.close();
    assertThatThrownBy(() -> engine.write(List.of(put("a", "b"))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("closed");
  }
}
