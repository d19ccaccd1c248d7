package rondo.s3.crypt;

/** What was encrypted isn't what is there, or isn't of this key. Nothing of it is given out. */
public final class TamperedException extends RuntimeException {
  public TamperedException(String what) {
    super(what);
  }
}
