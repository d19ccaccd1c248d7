package rondo.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import rondo.metadata.engine.EngineException;
import rondo.server.backup.file.BackupException;
import rondo.server.cli.option.ExitStatus;
import rondo.server.config.StartException;
import rondo.storage.folder.DiskException;

/**
 * Says in a line what went wrong. A stack trace is for those who mend the program: it goes to a
 * file.
 */
record FailureWords(int status, String words) {
  /** The words for a failure, and the exit status that goes with it. */
  static FailureWords of(Throwable failure) {
    return switch (failure) {
      case StartException e -> failed(e);
      case DiskException e -> failed(e);
      case EngineException e -> failed(e);
      case BackupException e -> failed(e);
      case IllegalArgumentException e -> new FailureWords(ExitStatus.USAGE, message(e));
      case UncheckedIOException e when e.getCause() != null ->
          new FailureWords(ExitStatus.FAILED, file(e.getCause()));
      case IOException e -> new FailureWords(ExitStatus.FAILED, file(e));
      case InterruptedException _ -> new FailureWords(ExitStatus.FAILED, "interrupted");
      default -> new FailureWords(ExitStatus.FAILED, defect(failure));
    };
  }

  private static FailureWords failed(Throwable failure) {
    return new FailureWords(ExitStatus.FAILED, message(failure));
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? defect(failure) : message;
  }

  private static String file(IOException failure) {
    return switch (failure) {
      case NoSuchFileException e -> "there is no " + e.getFile();
      case AccessDeniedException e -> "no permission for " + e.getFile();
      case FileSystemException e -> e.getFile() + ": " + e.getReason();
      default -> message(failure);
    };
  }

  private static String defect(Throwable failure) {
    String what =
        "this is a defect of the program: "
            + failure.getClass().getSimpleName()
            + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
    try {
      Path kept = Files.createTempFile("rondo-defect-", ".txt");
      try (var writer = new PrintWriter(Files.newBufferedWriter(kept))) {
        failure.printStackTrace(writer);
      }
      return what + "; report it with " + kept;
    } catch (IOException e) {
      return what + "; there is no room to write down more (" + e.getMessage() + ")";
    }
  }
}
