package rondo.ring.transcript;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.RegisterState;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** Messages in words, which don't change when types are renamed. */
final class TranscriptWords {
  private TranscriptWords() {}

  /** The letter of a node: 1 is A, 2 is B, and so on. */
  static String name(NodeId node) {
    return name(node.value());
  }

  private static String name(long node) {
    return String.valueOf((char) ('A' + node - 1));
  }

  static String say(Request request) {
    return switch (request) {
      case Request.Query m when m.full() -> "what is %s?".formatted(name(m.key()));
      case Request.Query m -> "which stamp has %s?".formatted(name(m.key()));
      case Request.Propagate m -> "take %s = %s".formatted(name(m.key()), say(m.state()));
      case Request.Prepare m ->
          "promise ballot %s on what follows %s".formatted(say(m.ballot()), say(m.base()));
      case Request.Accept m ->
          "accept %s at ballot %s as what follows %s"
              .formatted(say(m.value()), say(m.ballot()), say(m.base()));
      case Request.PullRegisters _ -> "what do you remember of my keys?";
      case Request.Install m -> "from now on epoch " + m.epoch() + " counts";
      default -> throw new IllegalArgumentException("no words for " + request);
    };
  }

  static String say(Reply reply) {
    return switch (reply) {
      case Reply.State(VersionedValue state, boolean present) ->
          present && !state.isPresent() ? "a value at " + say(state.stamp()) : say(state);
      case Reply.Done() -> "done";
      case Reply.Promised(AcceptedValue accepted) when accepted == null ->
          "promised; nothing was accepted here";
      case Reply.Promised(AcceptedValue accepted) ->
          "promised; %s was accepted here at ballot %s"
              .formatted(say(accepted.value()), say(accepted.ballot()));
      case Reply.Moved(Stamp stamp) -> "no, my state is at " + say(stamp) + " already";
      case Reply.Outbid(Ballot promised) -> "no, I have promised ballot " + say(promised);
      case Reply.Stale(long epoch) -> "no, your layout is old: epoch " + epoch + " counts";
      case Reply.Refused(Reply.Reason reason, String detail) ->
          "refused, %s: %s".formatted(reason.name().toLowerCase(Locale.ROOT), detail);
      case Reply.Registers(var registers, Key next) ->
          registers.stream().map(TranscriptWords::say).collect(Collectors.joining("; "))
              + (next == null ? "; that is all" : "; there is more");
      default -> throw new IllegalArgumentException("no words for " + reply);
    };
  }

  private static String say(Reply.Register register) {
    RegisterState state = RegisterState.decode(register.row());
    String votes =
        state.instances().stream()
            .map(i -> ", with a promise of ballot " + say(i.promised()))
            .collect(Collectors.joining());
    return "%s = %s%s".formatted(name(register.key()), say(state.current()), votes);
  }

  static String say(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Reached<?>(ConditionalResult.Written _) -> "written";
      case Outcome.Reached<?>(ConditionalResult.Declined(VersionedValue before)) ->
          "declined, it is %s".formatted(say(before));
      case Outcome.Reached<?>(VersionedValue state) -> "it is " + say(state);
      case Outcome.Reached<?> _ -> "done";
      case Outcome.Refused<?>(Reply.Reason reason, String _) ->
          "refused, %s".formatted(reason.name().toLowerCase(Locale.ROOT));
      case Outcome.Unknown<?> _ -> "unknown: perhaps done, perhaps later, perhaps never";
    };
  }

  private static String say(VersionedValue state) {
    if (state.stamp().equals(Stamp.ZERO)) {
      return "never written";
    }
    return "%s at %s".formatted(say(state.value()), say(state.stamp()));
  }

  private static String say(@Nullable Bytes value) {
    return value == null ? "nothing" : '"' + value.utf8() + '"';
  }

  /** A stamp in words: the milliseconds of its time, its node and its conditional writes on top. */
  private static String say(Stamp stamp) {
    if (stamp.equals(Stamp.ZERO)) {
      return "the beginning";
    }
    String write = stamp.time() == 0 ? "beginning" : millis(stamp.time()) + name(stamp.node());
    return write + (stamp.rmw() == 0 ? "" : "+" + stamp.rmw());
  }

  private static String say(Ballot ballot) {
    return millis(ballot.round()) + name(ballot.node());
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%d.%03d", micros / 1000, micros % 1000);
  }

  private static String name(Key key) {
    return key.sort().utf8();
  }
}
