package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.port.Time;
import rondo.server.cli.option.OptionDefaultsTest;
import rondo.server.config.StartException;
import rondo.store.transport.Authority;

final class RootKeysTest {
  private static final RootCredentials ONE = RootCredentials.random();
  private static final RootCredentials TWO = RootCredentials.random();

  @TempDir Path folder = Path.of("");

  private long nanos;

  private final Time time =
      new Time() {
        @Override
        public long wallMicros() {
          return 0;
        }

        @Override
        public long nanos() {
          return nanos;
        }
      };

  private RootKeys open(JoinToken token, String... flags) {
    return RootKeys.open(OptionDefaultsTest.read(Map.of(), List.of(flags)), token, folder, time);
  }

  private void write(String text) {
    PrivateFile.write(folder.resolve(RootCredentials.FILE), text);
  }

  @Test
  void the_file_is_read_again_after_its_age() {
    write(ONE.text());
    RootKeys keys = open(JoinToken.create());
    write(ONE.text() + TWO.text());
    assertThat(keys.current()).containsExactly(ONE);
    nanos += RootKeys.AGE.toNanos();
    assertThat(keys.current()).containsExactly(ONE, TWO);
    assertThat(keys.newest()).isEqualTo(TWO);
    write(TWO.text());
    nanos += RootKeys.AGE.toNanos();
    assertThat(keys.current()).containsExactly(TWO);
  }

  @Test
  void the_last_keys_stay_while_the_file_makes_no_sense() throws IOException {
    write(ONE.text());
    RootKeys keys = open(JoinToken.create());
    for (String bad : List.of("", "access_key=" + TWO.accessKey() + "\n", "hello")) {
      write(bad);
      nanos += RootKeys.AGE.toNanos();
      assertThat(keys.current()).containsExactly(ONE);
    }
    Files.delete(folder.resolve(RootCredentials.FILE));
    nanos += RootKeys.AGE.toNanos();
    assertThat(keys.current()).containsExactly(ONE);
    write(TWO.text());
    nanos += RootKeys.AGE.toNanos();
    assertThat(keys.current()).containsExactly(TWO);
  }

  @Test
  void keys_that_nothing_names_are_told_in_one_line() {
    JoinToken made = JoinToken.create();
    var withoutRoot = new JoinToken(made.authority(), made.masterKeys(), null, null);
    var certificate = JoinToken.parse(Authority.create().certificatePem());
    for (JoinToken token : List.of(withoutRoot, certificate)) {
      assertThatThrownBy(() -> open(token))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("RONDO_ROOT_ACCESS_KEY");
    }
  }
}
