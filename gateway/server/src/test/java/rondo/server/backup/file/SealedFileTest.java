package rondo.server.backup.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;

/** The files of backups, and what is said of those that are wrong. */
final class SealedFileTest {
  private static final byte[] PLAIN = "the rows".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder = Path.of("");

  private final RecoveryKey.Pair pair = RecoveryKey.make();
  private final RecoveryKey.Seals seals = RecoveryKey.seals(pair.publicHalf());
  private final RecoveryKey.Opens opens = RecoveryKey.opens(pair.privateHalf());

  @Test
  void the_private_half_opens_what_the_public_half_has_sealed() {
    byte[] sealed = SealedFile.seal(seals, "a", PLAIN);
    assertThat(SealedFile.open(opens, "a", sealed)).isEqualTo(PLAIN);
    assertThat(SealedFile.seal(seals, "a", PLAIN)).isNotEqualTo(sealed);
    assertThat(opens.name()).isEqualTo(seals.name());
  }

  @Test
  void a_file_that_was_changed_or_renamed_is_refused_wherever_it_was_changed() {
    byte[] sealed = SealedFile.seal(seals, "a", PLAIN);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> SealedFile.open(opens, "a", changed))
          .isInstanceOf(BackupException.class);
    }
    refused("another file", () -> SealedFile.open(opens, "b", sealed));
    refused("damaged", () -> SealedFile.open(opens, "a", new byte[7]));
  }

  @Test
  void another_key_and_a_newer_version_are_named() {
    byte[] sealed = SealedFile.seal(seals, "a", PLAIN);
    var other = RecoveryKey.opens(RecoveryKey.make().privateHalf());
    refused(seals.name(), () -> SealedFile.open(other, "a", sealed));
    sealed[7] = '2';
    refused("newer version", () -> SealedFile.open(opens, "a", sealed));
  }

  @Test
  void halves_are_told_apart() {
    refused("private half", () -> RecoveryKey.seals(pair.privateHalf()));
    refused("public half", () -> RecoveryKey.opens(pair.publicHalf()));
    refused("no public half", () -> RecoveryKey.seals("x"));
    refused("damaged", () -> RecoveryKey.seals(pair.publicHalf().substring(0, 40)));
    refused("damaged", () -> RecoveryKey.opens(pair.privateHalf().substring(0, 60)));
  }

  @Test
  void rows_are_read_as_they_were_written() {
    var file = new RowFile();
    var key = new Key(3, Bytes.utf8("shard"), Bytes.utf8("k"));
    file.add(key, new Stamp(7, 5, 2), Bytes.utf8("value"));
    byte[] bytes = file.take();
    assertThat(file.isEmpty()).isTrue();
    var row = RowFile.read("rows", bytes).getFirst();
    assertThat(row.key()).isEqualTo(key);
    assertThat(row.state().stamp()).isEqualTo(new Stamp(7, 5, 2));
    assertThat(row.state().value()).isEqualTo(Bytes.utf8("value"));
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    refused("no rows", () -> RowFile.read("rows", cut));
  }

  @Test
  void a_folder_keeps_whole_files() throws Exception {
    var target = new FolderTarget(folder);
    assertThat(target.read("a/b")).isNull();
    assertThat(target.find("a/")).isEmpty();
    target.write("a/b-1", PLAIN);
    target.write("a/c", PLAIN);
    Files.write(folder.resolve("a/b-2.9.part"), PLAIN);
    assertThat(target.find("a/b")).containsExactly(new BackupTarget.Stored("a/b-1", 8));
    assertThat(target.folders("")).containsExactly("a");
    assertThat(target.read("a/c")).isEqualTo(PLAIN);
  }

  @Test
  void a_folder_that_isnt_there_is_no_empty_one() throws Exception {
    refused("whole path", () -> new FolderTarget(Path.of("here")));
    refused("there is no folder", () -> new FolderTarget(folder.resolve("away")));
    var target = new FolderTarget(Files.createDirectory(folder.resolve("mounted")));
    Files.delete(folder.resolve("mounted"));
    refused("there is no folder", () -> target.read("a"));
    refused("there is no folder", () -> target.find("a"));
    refused("there is no folder", () -> target.write("a", PLAIN));
  }

  @Test
  void a_manifest_of_a_newer_version_or_none_is_refused() {
    var target = new FolderTarget(folder);
    refused("no whole backup", () -> BackupManifest.choose(target, ""));
    refused("written last", () -> BackupManifest.choose(target, "one"));
    target.write("backups/one/manifest.json", "{\"format\":2}".getBytes(StandardCharsets.UTF_8));
    refused("newer Rondo", () -> BackupManifest.choose(target, "one"));
    target.write("backups/one/manifest.json", "{".getBytes(StandardCharsets.UTF_8));
    refused("damaged", () -> BackupManifest.choose(target, "one"));
    target.write("backups/one/manifest.json", "{}".getBytes(StandardCharsets.UTF_8));
    refused("no manifest", () -> BackupManifest.choose(target, "one"));
  }

  private static void refused(String words, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(BackupException.class).hasMessageContaining(words);
  }
}
