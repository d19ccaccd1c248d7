package rondo.s3.admission;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all requests in work. A request draws from it what its buffers take, and waits when
 * there is none. A client holds three times as much as stays free at most: alone three quarters of
 * all, and beside any number of greedy ones less, so that some is always left for one more. While
 * requests wait, memory goes to the client that holds least, and {@link PausedRequests} are cut.
 * Thread-safe. Drawing takes no lock unless a request waits.
 */
public final class MemoryBudget {
  /** A client may hold so many times what it leaves free. */
  private static final long SHARE = 3;

  private final AdmissionSettings settings;
  private final AdmissionCounters counters;
  private final long totalBytes;
  private final AtomicLong usedBytes = new AtomicLong();
  private final ConcurrentHashMap<String, ClientUse> clients = new ConcurrentHashMap<>();
  private final ClientUse unverified = new ClientUse("unverified", false);
  private final Set<RequestMemory> requests = ConcurrentHashMap.newKeySet();
  private final MemoryQueue queue;

  public MemoryBudget(AdmissionSettings settings, AdmissionCounters counters) {
    this.settings = settings;
    this.counters = counters;
    this.totalBytes = settings.memoryBytes();
    var paused = new PausedRequests(settings.grace().toNanos(), counters);
    this.queue = new MemoryQueue(this, paused);
  }

  /**
   * Admits a request with the memory that each one needs. Never waits.
   *
   * @param client its address; null when it carries a signature, whose account is charged once it
   *     is verified
   * @return null when there is no room for it
   */
  public @Nullable RequestMemory admit(@Nullable String client) {
    ClientUse use = client == null ? unverified : began(client);
    var request = new RequestMemory(this, use);
    requests.add(request);
    if (!take(request, RequestMemory.BASE_BYTES)) {
      request.close();
      counters.shed(counters.refused);
      return null;
    }
    counters.admitted.increment();
    return request;
  }

  private ClientUse began(String client) {
    return clients.compute(
        client, (name, use) -> (use == null ? new ClientUse(name, true) : use).began());
  }

  private void ended(ClientUse client) {
    if (client.isBounded()) {
      clients.computeIfPresent(client.name(), (name, use) -> use.ended() ? null : use);
    }
  }

  boolean move(RequestMemory request, String account) {
    long held = request.heldBytes();
    ClientUse from = request.client();
    ClientUse to = began(account);
    boolean fits = fits(to, held, freeBytes());
    from.add(-held);
    to.add(held);
    request.client(to);
    ended(from);
    return fits || await(request, RequestMemory.BASE_BYTES);
  }

  /** Whether the client's share has room for so many more bytes. */
  boolean fits(ClientUse client, long bytes) {
    return fits(client, bytes, freeBytes() - bytes);
  }

  /** The dynamic threshold of Choudhury and Hahne, "Dynamic queue length thresholds", 1998. */
  private static boolean fits(ClientUse client, long bytes, long leftFree) {
    return !client.isBounded() || client.heldBytes() + bytes <= SHARE * leftFree;
  }

  private long freeBytes() {
    return totalBytes - usedBytes.get();
  }

  /** The most requests of one client that may wait now: they hold memory, too. */
  int mostWaiting() {
    return (int) (freeBytes() / 2 / RequestMemory.BASE_BYTES);
  }

  private long mostOfClient() {
    return totalBytes / 4 * 3;
  }

  private long fairShare() {
    return totalBytes / Math.max(2, clients.size());
  }

  private boolean take(RequestMemory request, long bytes) {
    ClientUse client = request.client();
    boolean barges =
        queue.isContended() && client.isBounded() && client.heldBytes() + bytes > fairShare();
    return !barges && fits(client, bytes) && reserve(request, bytes);
  }

  /** Takes bytes from what is free, whoever wants them. */
  boolean reserve(RequestMemory request, long bytes) {
    long used = usedBytes.get();
    while (used + bytes <= totalBytes) {
      if (usedBytes.compareAndSet(used, used + bytes)) {
        request.add(bytes);
        request.client().add(bytes);
        return true;
      }
      used = usedBytes.get();
    }
    return false;
  }

  boolean tryExtra(RequestMemory request, long bytes) {
    return !queue.isContended()
        && usedBytes.get() + bytes <= mostOfClient()
        && fits(request.client(), 2 * bytes)
        && reserve(request, bytes);
  }

  boolean await(RequestMemory request, long bytes) {
    if (take(request, bytes)) {
      return true;
    }
    counters.waited.increment();
    boolean granted = bytes <= mostOfClient() && queue.await(request, bytes, settings.patience());
    if (!granted) {
      counters.shed(counters.refused);
    }
    return granted;
  }

  /** A request has ended; {@code bytes} is what it held. */
  void end(RequestMemory request, long bytes) {
    if (!requests.remove(request)) {
      return;
    }
    request.client().add(-bytes);
    ended(request.client());
    usedBytes.addAndGet(-bytes);
    queue.freed();
  }

  /** Ends the wait of a request whose client has left. */
  void abandon(RequestMemory request) {
    queue.abandon(request);
  }

  Collection<RequestMemory> all() {
    return requests;
  }

  public long totalBytes() {
    return totalBytes;
  }

  public long usedBytes() {
    return usedBytes.get();
  }

  /** The number of requests in work or waiting for memory. */
  public int requests() {
    return requests.size();
  }
}
