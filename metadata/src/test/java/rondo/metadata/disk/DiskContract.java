package rondo.metadata.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every disk, as long as nothing fails. */
abstract class DiskContract {
  private @Nullable Disk opened;

  /** Opens an empty disk. */
  abstract Disk open() throws IOException;

  @BeforeEach
  final void open_it() throws IOException {
    opened = open();
  }

  @AfterEach
  final void close_it() throws IOException {
    disk().close();
  }

  private Disk disk() {
    Disk disk = opened;
    if (disk == null) {
      throw new IllegalStateException("not open");
    }
    return disk;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(DiskFile file, long position, int length) throws IOException {
    var into = ByteBuffer.allocate(length);
    int read = file.read(into, position);
    assertThat(into.position()).isEqualTo(read);
    return new String(into.array(), 0, read, StandardCharsets.UTF_8);
  }

  private void make(String name, String text) throws IOException {
    try (DiskFile file = disk().create(name)) {
      file.write(bytes(text), 0);
      file.sync();
    }
    disk().syncNames();
  }

  private String content(String name) throws IOException {
    try (DiskFile file = disk().open(name)) {
      return text(file, 0, 100);
    }
  }

  @Test
  void a_new_disk_has_no_names_and_room() throws IOException {
    assertThat(disk().names()).isEmpty();
    assertThat(disk().usableBytes()).isPositive();
    assertThat(disk().totalBytes()).isGreaterThanOrEqualTo(disk().usableBytes());
    assertThat(disk().path()).isNotEmpty();
  }

  @Test
  void names_are_sorted() throws IOException {
    make("b", "");
    make("c", "");
    make("a", "");
    assertThat(disk().names()).containsExactly("a", "b", "c");
  }

  @Test
  void a_file_is_made_once_and_opened_when_it_is_there() throws IOException {
    assertThatThrownBy(() -> disk().open("a")).isInstanceOf(NoSuchFileException.class);
    make("a", "one");
    assertThatThrownBy(() -> disk().create("a")).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(content("a")).isEqualTo("one");
    try (DiskFile there = disk().openOrCreate("a");
        DiskFile made = disk().openOrCreate("b")) {
      assertThat(there.size()).isEqualTo(3);
      assertThat(made.size()).isZero();
    }
    assertThat(disk().names()).containsExactly("a", "b");
  }

  @Test
  void a_read_goes_as_far_as_the_file() throws IOException {
    make("a", "0123456789");
    try (DiskFile file = disk().open("a")) {
      assertThat(text(file, 2, 3)).isEqualTo("234");
      assertThat(text(file, 8, 5)).isEqualTo("89");
      assertThat(text(file, 10, 5)).isEmpty();
      assertThat(text(file, 1000, 5)).isEmpty();
    }
  }

  @Test
  void a_write_behind_the_end_leaves_zeros_before_it() throws IOException {
    make("a", "01");
    try (DiskFile file = disk().open("a")) {
      file.write(bytes("45"), 4);
      assertThat(file.size()).isEqualTo(6);
      assertThat(text(file, 0, 10)).isEqualTo("01\0\00045");
      file.write(bytes("xy"), 1);
      assertThat(text(file, 0, 10)).isEqualTo("0xy\00045");
    }
  }

  @Test
  void a_write_takes_the_buffer_from_its_position_to_its_limit() throws IOException {
    make("a", "");
    ByteBuffer buffer = bytes("0123456789").position(3).limit(6);
    try (DiskFile file = disk().open("a")) {
      file.write(buffer, 0);
    }
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(content("a")).isEqualTo("345");
  }

  @Test
  void a_file_is_cut_but_never_made_longer() throws IOException {
    make("a", "0123456789");
    try (DiskFile file = disk().open("a")) {
      file.truncate(20);
      assertThat(file.size()).isEqualTo(10);
      file.truncate(4);
      file.sync();
      assertThat(file.size()).isEqualTo(4);
    }
    assertThat(content("a")).isEqualTo("0123");
  }

  @Test
  void a_rename_replaces_and_needs_its_source() throws IOException {
    make("a", "new");
    make("b", "old");
    disk().rename("a", "b");
    disk().syncNames();
    assertThat(disk().names()).containsExactly("b");
    assertThat(content("b")).isEqualTo("new");
    assertThatThrownBy(() -> disk().rename("a", "c")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void a_file_that_is_open_outlives_its_name() throws IOException {
    make("a", "here");
    try (DiskFile file = disk().open("a")) {
      disk().delete("a");
      disk().delete("a");
      disk().syncNames();
      assertThat(disk().names()).isEmpty();
      assertThat(text(file, 0, 10)).isEqualTo("here");
    }
  }
}
