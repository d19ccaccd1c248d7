package rondo.storage.folder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folders that only their owner may enter (mode 0700), and their files (mode 0600). Where the file
 * system has no such modes, nothing is done.
 */
public final class PrivateFolder {
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private PrivateFolder() {}

  /** Makes a folder and its missing parents, with mode 0700 from the beginning. */
  static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNERS));
    } else {
      Files.createDirectories(folder);
    }
  }

  /**
   * Takes the rights of others from a folder and all in it. What can't be changed stays: a mounted
   * volume's root may belong to somebody else, and a disk may be read-only.
   */
  static void mend(Path folder) throws IOException {
    Files.walkFileTree(
        folder.toRealPath(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            takeFromOthers(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              takeFromOthers(path);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException failure) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void takeFromOthers(Path path) {
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      if (view == null) {
        return;
      }
      Set<PosixFilePermission> own = EnumSet.noneOf(PosixFilePermission.class);
      own.addAll(view.readAttributes().permissions());
      if (own.retainAll(OWNERS)) {
        view.setPermissions(own);
      }
    } catch (IOException stays) {
      // Told by isPrivate for the folder itself, on which the protection of its files rests.
    }
  }

  /** Whether nobody but the owner may enter the folder or read its names. */
  public static boolean isPrivate(Path folder) {
    try {
      PosixFileAttributeView view =
          Files.getFileAttributeView(folder, PosixFileAttributeView.class);
      return view == null || OWNERS.containsAll(view.readAttributes().permissions());
    } catch (IOException unknown) {
      return false;
    }
  }
}
