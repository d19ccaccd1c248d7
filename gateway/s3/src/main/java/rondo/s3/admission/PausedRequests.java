package rondo.s3.admission;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the requests to cut while memory is short. Thread-safe.
 *
 * <p>A request is chosen only when its client has neither taken nor sent anything that it waits for
 * for the time of grace, and holds at least as much as the client that waits. The one that holds
 * most for its progress goes first: bytes held, times the time since the last progress.
 */
final class PausedRequests {
  private final long graceNanos;
  private final AdmissionCounters counters;

  PausedRequests(long graceNanos, AdmissionCounters counters) {
    this.graceNanos = graceNanos;
    this.counters = counters;
  }

  private record Candidate(RequestMemory request, long heldBytes, double weight) {
    static Candidate of(RequestMemory request, long now) {
      long held = request.heldBytes();
      return new Candidate(request, held, (double) held * request.waitedNanos(now));
    }
  }

  /**
   * Cuts requests that hold {@code wantedBytes} together, or all that may be cut.
   *
   * @param neediestBytes held by the client that waits and holds least
   */
  void cut(Collection<RequestMemory> requests, long wantedBytes, long neediestBytes, long now) {
    List<Candidate> candidates =
        requests.stream()
            .filter(request -> request.waitedNanos(now) >= graceNanos)
            .filter(request -> request.client().heldBytes() >= neediestBytes)
            .map(request -> Candidate.of(request, now))
            .sorted(Comparator.comparingDouble(Candidate::weight).reversed())
            .toList();
    long left = wantedBytes;
    for (Candidate candidate : candidates) {
      if (left <= 0) {
        return;
      }
      if (candidate.request().isCut()) {
        left -= candidate.heldBytes();
      } else if (candidate.request().cut()) {
        counters.shed(counters.cut);
        left -= candidate.heldBytes();
      }
    }
  }
}
