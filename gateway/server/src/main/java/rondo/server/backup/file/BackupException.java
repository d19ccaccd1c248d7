package rondo.server.backup.file;

/** Why a backup can't be made, read or restored, in a sentence for its operator. */
public final class BackupException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BackupException(String sentence) {
    super(sentence);
  }

  public BackupException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
