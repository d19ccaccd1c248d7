package rondo.ring.message;

/** The byte of each reason of a refusal, in the grammar of {@link MessageCodec}. */
final class ReasonCodec {
  private ReasonCodec() {}

  static int code(Reply.Reason reason) {
    return switch (reason) {
      case CLOSED -> 0;
      case UNAVAILABLE -> 1;
      case NOT_A_REPLICA -> 2;
      case MALFORMED -> 3;
    };
  }

  static Reply.Reason reason(int code) throws MalformedException {
    return switch (code) {
      case 0 -> Reply.Reason.CLOSED;
      case 1 -> Reply.Reason.UNAVAILABLE;
      case 2 -> Reply.Reason.NOT_A_REPLICA;
      case 3 -> Reply.Reason.MALFORMED;
      default -> throw new MalformedException("a reason of " + code);
    };
  }
}
