package rondo.ring.message;

/** Bytes that are no message. */
public final class MalformedException extends Exception {
  MalformedException(String what) {
    super(what);
  }
}
