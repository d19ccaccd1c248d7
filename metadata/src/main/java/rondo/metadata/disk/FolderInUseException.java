package rondo.metadata.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another part of this one, has the folder open. */
public final class FolderInUseException extends IOException {
  private static final long serialVersionUID = 1;

  FolderInUseException(Path folder) {
    super(folder + " is in use by another process");
  }
}
