package rondo.s3.crypt;

/**
 * Sealed bytes aren't the ones that were written, or their key is another. None of them is given
 * out.
 */
public final class TamperedException extends RuntimeException {
  public TamperedException(String what) {
    super(what);
  }
}
