package rondo.server.live;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A piece of work that takes long, as one node knows it.
 *
 * @param id the same as long as the work is the same one
 * @param words what is done, in a sentence
 * @param done of {@code total}, in {@code unit}; both 0 where it can't be told
 * @param secondsLeft -1 when it isn't known
 */
public record Job(
    String id, State state, String words, long done, long total, String unit, long secondsLeft) {
  /** How it stands with a job. */
  public enum State {
    RUNNING,
    /** It goes on when something else has happened, which its words say. */
    WAITING,
    DONE,
    STOPPED,
    FAILED
  }

  /** The job, ready to become JSON. */
  public Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", id);
    view.put("state", state.name().toLowerCase(Locale.ROOT));
    view.put("words", words);
    if (total > 0) {
      view.put("done", done);
      view.put("total", total);
      view.put("unit", unit);
      view.put("progress", Math.clamp(done / (double) total, 0, 1));
    }
    if (secondsLeft >= 0) {
      view.put("remainingSeconds", secondsLeft);
    }
    return view;
  }
}
