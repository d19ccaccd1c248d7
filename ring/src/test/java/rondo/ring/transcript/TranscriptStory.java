package rondo.ring.transcript;

import java.util.function.Consumer;

/**
 * One story.
 *
 * @param head the points to look at, in prose
 * @param script plays the story
 */
record TranscriptStory(String file, String title, String head, Consumer<TranscriptStage> script) {
  private static final String LEGEND =
      """
      (A stamp or ballot is the milliseconds of a clock and the name of its node. A conditional
      write has the stamp of its base, and one more behind the plus.)
      """;

  String text() {
    var stage = new TranscriptStage();
    script.accept(stage);
    stage.play();
    return "%s\n%s\n\n%s\n%s\n%s"
        .formatted(title, "=".repeat(title.length()), head, LEGEND, stage.text());
  }

  @Override
  public String toString() {
    return file;
  }
}
