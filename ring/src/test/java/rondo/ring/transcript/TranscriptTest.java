package rondo.ring.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the stories of the protocol in the simulator and compares them with the texts in {@code
 * src/test/resources/transcripts}; {@code -Dtranscripts=write} writes these texts anew.
 */
final class TranscriptTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "transcripts");

  static List<TranscriptStory> stories() {
    return Stream.of(
            RegisterStories.all(), RepairStories.all(), RebuildStories.all(), LayoutStories.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("stories")
  void a_story_is_played_as_it_is_written(TranscriptStory story) throws IOException {
    Path file = FOLDER.resolve(story.file() + ".txt");
    String played = story.text();
    if ("write".equals(System.getProperty("transcripts"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, played);
    }
    assertThat(played).isEqualTo(Files.readString(file));
  }

  @Test
  void every_text_has_its_story() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              stories().stream().map(story -> story.file() + ".txt").toList());
    }
  }
}
