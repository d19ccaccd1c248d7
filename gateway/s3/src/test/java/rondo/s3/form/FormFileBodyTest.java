package rondo.s3.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.RequestBody;

final class FormFileBodyTest {
  private static final String HEAD =
      String.join(
          "\r\n",
          "--B",
          "Content-Disposition: form-data; name=\"kEy\"",
          "",
          "k/${filename}",
          "--B",
          "Content-Disposition: form-data; name=\"file\"; filename=\"f.txt\"",
          "Content-Type: text/plain",
          "",
          "");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
  void a_file_is_the_same_however_the_form_is_split(int piece) {
    String data = "a\r\n-\r\n--\r\n\r\n--C\0b\r";
    String whole = HEAD + data + "\r\n--B--\r\n";
    RequestBody body = pieces(whole, piece);
    PostForm form = PostForm.read(body, "B");
    assertThat(form.fields()).isEqualTo(Map.of("key", "k/${filename}"));
    assertThat(form.fileName()).isEqualTo("f.txt");
    var lengths = new ArrayList<Long>();
    var file =
        new FormFileBody(
            form.fileStart(), body, whole.length() - form.headBytes(), "B", lengths::add);
    assertThat(all(file)).isEqualTo(data);
    assertThat(lengths).containsExactly((long) data.length());
  }

  private static FormFileBody file(String rest, int piece) {
    RequestBody body = pieces(HEAD + rest, piece);
    PostForm form = PostForm.read(body, "B");
    long bytes = HEAD.length() + rest.length() - form.headBytes();
    return new FormFileBody(form.fileStart(), body, bytes, "B", length -> {});
  }

  @Test
  void so_much_may_stand_behind_a_file() {
    String fits = "\r\n--B\r\n" + "x".repeat((int) FormFileBody.MOST_BEHIND_BYTES);
    assertThat(all(file("d".repeat(100_000) + fits, 4096))).hasSize(100_000);
    assertRefused(file("d".repeat(100_000) + fits + "x", 4096));
  }

  @Test
  void a_body_that_is_shorter_or_longer_than_announced_is_refused() {
    String whole = HEAD + "data\r\n--B--\r\n";
    for (int other : new int[] {-1, 1}) {
      RequestBody body = pieces(whole, 16);
      PostForm form = PostForm.read(body, "B");
      long bytes = whole.length() - form.headBytes() + other;
      assertRefused(new FormFileBody(form.fileStart(), body, bytes, "B", length -> {}));
    }
  }

  @Test
  void a_length_that_is_not_wanted_ends_the_file() {
    RequestBody body = pieces(HEAD + "data\r\n--B--\r\n", 16);
    PostForm form = PostForm.read(body, "B");
    var file =
        new FormFileBody(
            form.fileStart(),
            body,
            15,
            "B",
            length -> {
              throw new S3Exception(S3Error.ENTITY_TOO_LARGE);
            });
    assertThatThrownBy(() -> all(file))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.ENTITY_TOO_LARGE));
  }

  private static void assertRefused(FormFileBody file) {
    assertThatThrownBy(() -> all(file))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.error()).isEqualTo(S3Error.MALFORMED_POST_REQUEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data\r\n--B--\r\n",
        "data\r\n--B--",
        "data\r\n--B--\r\nmore",
        "data\r\n--B\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--B--\r\n",
        "data\r\n--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nother\r\n--B--\r\n",
        "data\r\n--B\r\nwhatever"
      })
  void what_stands_behind_the_file_is_ignored(String rest) {
    for (int piece : new int[] {1, 5, 4096}) {
      RequestBody body = pieces(HEAD + rest, piece);
      PostForm form = PostForm.read(body, "B");
      long bytes = HEAD.length() + rest.length() - form.headBytes();
      FormFile file = FormFile.of(form, body, bytes, "B", length -> {});
      assertThat(file.mostBytes()).isEqualTo(4);
      assertThat(file.data().uncertainBytes()).isZero();
      assertThat(all(file.data())).isEqualTo("data");
      assertThat(all(file(rest, piece))).isEqualTo("data");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "data\r\n--Bx\r\n", "data\r\n--B", "data\r\n--X--\r\n"})
  void a_file_without_an_end_is_refused(String rest) {
    RequestBody body = pieces(HEAD + rest, 16);
    PostForm form = PostForm.read(body, "B");
    long bytes = HEAD.length() + rest.length() - form.headBytes();
    assertThatThrownBy(() -> FormFile.of(form, body, bytes, "B", length -> {}))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.error()).isEqualTo(S3Error.MALFORMED_POST_REQUEST));
  }

  @Test
  void a_form_without_a_file_is_refused() {
    RequestBody body =
        pieces("--B\r\nContent-Disposition: form-data; name=key\r\n\r\nk\r\n--B--\r\n", 5);
    assertThatThrownBy(() -> PostForm.read(body, "B"))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e ->
                assertThat(e.error()).isEqualTo(S3Error.INCORRECT_NUMBER_OF_FILES_IN_POST_REQUEST));
  }

  private static RequestBody pieces(String whole, int size) {
    var left = new ArrayDeque<Buffer>();
    for (int at = 0; at < whole.length(); at += size) {
      left.add(Buffer.buffer(whole.substring(at, Math.min(whole.length(), at + size))));
    }
    return left::poll;
  }

  private static String all(RequestBody body) {
    Buffer all = Buffer.buffer();
    for (Buffer piece = body.next(); piece != null; piece = body.next()) {
      all.appendBuffer(piece);
    }
    return all.toString();
  }
}
