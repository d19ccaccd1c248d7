package rondo.ring.register;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * One key on one replica, and how it answers. Pure: the caller serializes the requests of a key,
 * checks their epoch first, and stores a changed state before it replies. The package's description
 * proves that the replicas of a key add up to one linearizable register.
 *
 * @param current the newest write that this replica has seen
 * @param instances unfinished conditional writes, in the order of their base stamps, none of which
 *     is below {@code current}'s
 */
public record RegisterState(VersionedValue current, List<PaxosInstance> instances) {
  public static final RegisterState NEVER = new RegisterState(VersionedValue.NEVER, List.of());

  /**
   * The most unfinished conditional writes that a replica keeps, all on states that it has not
   * learnt yet. It refuses a further one, which is always safe.
   */
  static final int MOST_INSTANCES = 64;

  public RegisterState {
    instances = List.copyOf(instances);
  }

  /** Answers a query: it changes nothing. */
  public Reply.State query(boolean full) {
    return new Reply.State(
        full ? current : new VersionedValue(current.stamp(), null), current.isPresent());
  }

  /** Takes a newer state, and drops the instances whose bases lie below it. */
  public RegisterTransition propagate(Request.Propagate request) {
    VersionedValue offered = request.state();
    if (offered.stamp().compareTo(current.stamp()) <= 0) {
      return RegisterTransition.unchanged(this, new Reply.Done());
    }
    var left = instances.stream().filter(i -> i.base().compareTo(offered.stamp()) >= 0).toList();
    return RegisterTransition.changed(new RegisterState(offered, left), new Reply.Done());
  }

  /** Promises, unless the base is overtaken or a higher ballot was promised. */
  public RegisterTransition prepare(Request.Prepare request) {
    if (current.stamp().compareTo(request.base()) > 0) {
      return RegisterTransition.unchanged(this, new Reply.Moved(current.stamp()));
    }
    Optional<PaxosInstance> known = instance(request.base());
    Ballot promised = known.map(PaxosInstance::promised).orElse(Ballot.NONE);
    if (request.ballot().compareTo(promised) < 0) {
      return RegisterTransition.unchanged(this, new Reply.Outbid(promised));
    }
    if (known.isEmpty() && instances.size() >= MOST_INSTANCES) {
      return RegisterTransition.unchanged(
          this, new Reply.Refused(Reply.Reason.UNAVAILABLE, "too many unfinished writes"));
    }
    AcceptedValue accepted = known.isPresent() ? known.get().accepted() : null;
    // An equal ballot comes from its own proposer, which asks again: it gets an equal answer.
    return request.ballot().equals(promised)
        ? RegisterTransition.unchanged(this, new Reply.Promised(accepted))
        : RegisterTransition.changed(
            with(new PaxosInstance(request.base(), request.ballot(), accepted)),
            new Reply.Promised(accepted));
  }

  /** Accepts, unless the base is overtaken or a higher ballot was promised. */
  public RegisterTransition accept(Request.Accept request) {
    if (current.stamp().compareTo(request.base()) > 0) {
      return RegisterTransition.unchanged(this, new Reply.Moved(current.stamp()));
    }
    Optional<PaxosInstance> known = instance(request.base());
    Ballot promised = known.map(PaxosInstance::promised).orElse(Ballot.NONE);
    if (request.ballot().compareTo(promised) < 0) {
      return RegisterTransition.unchanged(this, new Reply.Outbid(promised));
    }
    if (known.isEmpty() && instances.size() >= MOST_INSTANCES) {
      return RegisterTransition.unchanged(
          this, new Reply.Refused(Reply.Reason.UNAVAILABLE, "too many unfinished writes"));
    }
    var accepted = new AcceptedValue(request.ballot(), request.origin(), request.value());
    return RegisterTransition.changed(
        with(new PaxosInstance(request.base(), request.ballot(), accepted)), new Reply.Done());
  }

  /**
   * Takes over the memory of another replica of the key: the newer state, and for each instance the
   * higher promise and the vote of the higher ballot. A replica that lost its rows has regained all
   * of its memory that matters once it has absorbed enough others. It then repeats votes of other
   * replicas: each was for a true proposal, which this replica may have received itself.
   */
  public RegisterTransition absorb(RegisterState other) {
    VersionedValue newest =
        other.current.stamp().compareTo(current.stamp()) > 0 ? other.current : current;
    var merged = new TreeMap<Stamp, PaxosInstance>();
    Stream.concat(instances.stream(), other.instances.stream())
        .filter(instance -> instance.base().compareTo(newest.stamp()) >= 0)
        .forEach(instance -> merged.merge(instance.base(), instance, RegisterState::higher));
    var absorbed = new RegisterState(newest, List.copyOf(merged.values()));
    return absorbed.equals(this)
        ? RegisterTransition.unchanged(this, new Reply.Done())
        : RegisterTransition.changed(absorbed, new Reply.Done());
  }

  private static PaxosInstance higher(PaxosInstance one, PaxosInstance two) {
    AcceptedValue first = one.accepted();
    AcceptedValue second = two.accepted();
    boolean takesSecond =
        first == null || (second != null && second.ballot().compareTo(first.ballot()) > 0);
    return new PaxosInstance(
        one.base(),
        one.promised().compareTo(two.promised()) >= 0 ? one.promised() : two.promised(),
        takesSecond ? second : first);
  }

  /** The row's bytes; {@link RegisterCodec} has their grammar. */
  public Bytes encode() {
    return RegisterCodec.encode(this);
  }

  /**
   * @throws IllegalArgumentException when {@code bytes} are not what {@link #encode} gave
   */
  public static RegisterState decode(Bytes bytes) {
    return RegisterCodec.decode(bytes);
  }

  /**
   * A row's current state.
   *
   * @param value a view of the row's bytes, to be read only; null: absent
   */
  public record Seen(Stamp stamp, @Nullable ByteBuffer value) {}

  /**
   * The current state in {@code bytes}, without a copy of its value and without the instances.
   *
   * @throws IllegalArgumentException when {@code bytes} are no row
   */
  public static Seen see(Bytes bytes) {
    return RegisterCodec.see(bytes);
  }

  private Optional<PaxosInstance> instance(Stamp base) {
    return instances.stream().filter(i -> i.base().equals(base)).findFirst();
  }

  private RegisterState with(PaxosInstance changed) {
    return new RegisterState(
        current,
        Stream.concat(
                instances.stream().filter(i -> !i.base().equals(changed.base())),
                Stream.of(changed))
            .sorted(Comparator.comparing(PaxosInstance::base))
            .toList());
  }
}
