package rondo.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import rondo.server.config.StartException;

final class FailureWordsTest {
  private static String words(Throwable failure) {
    String words = FailureWords.of(failure).words();
    assertThat(words).hasLineCount(1).doesNotContain("\tat ");
    return words;
  }

  @Test
  void what_a_person_can_mend_is_said_in_words() {
    assertThat(words(new StartException("no room"))).isEqualTo("no room");
    assertThat(words(new NoSuchFileException("/policy"))).isEqualTo("there is no /policy");
    assertThat(words(new UncheckedIOException(new AccessDeniedException("/key"))))
        .isEqualTo("no permission for /key");
    assertThat(words(new IOException("broken pipe"))).isEqualTo("broken pipe");
    assertThat(FailureWords.of(new IllegalArgumentException("say how long")).status()).isEqualTo(2);
  }

  @Test
  void the_stack_trace_of_a_defect_is_in_a_file() throws IOException {
    String words = words(new IllegalStateException("a broken invariant"));
    assertThat(words).startsWith("this is a defect of the program: IllegalStateException: a bro");
    Matcher file = Pattern.compile("report it with (\\S+)$").matcher(words);
    assertThat(file.find()).isTrue();
    Path kept = Path.of(file.group(1));
    assertThat(kept).content().contains("a broken invariant", "\tat rondo.server.cli");
    Files.delete(kept);
    String error = words(new StackOverflowError());
    assertThat(error).contains("StackOverflowError");
    Files.delete(Path.of(error.substring(error.lastIndexOf(' ') + 1)));
  }
}
