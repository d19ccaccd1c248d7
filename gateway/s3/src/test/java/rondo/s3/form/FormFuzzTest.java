package rondo.s3.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rondo.ring.fuzz.Fuzz;
import rondo.s3.error.S3Exception;
import rondo.s3.request.RequestBody;

@Tag("long")
final class FormFuzzTest {
  private static final String FORM =
      String.join(
          "\r\n",
          "--B",
          "Content-Disposition: form-data; name=\"key\"",
          "",
          "a/${filename}",
          "--B",
          "Content-Disposition: form-data; name=\"file\"; filename=\"f\"",
          "",
          "data",
          "--B--",
          "");

  @Test
  void forms_are_read_or_refused() {
    Fuzz.run(
        input -> {
          var pieces = new ArrayDeque<>(List.of(Buffer.buffer(input)));
          PostForm form = PostForm.read(pieces::poll, "B");
          long bytes = input.length - form.headBytes();
          RequestBody file =
              input.length % 2 == 0
                  ? FormFile.of(form, pieces::poll, bytes, "B", length -> {}).data()
                  : new FormFileBody(form.fileStart(), pieces::poll, bytes, "B", length -> {});
          for (Buffer piece = file.next(); piece != null; piece = file.next()) {
            form.field("key");
          }
        },
        S3Exception.class,
        FORM);
  }

  @Test
  @Timeout(60)
  void a_head_in_pieces_of_one_byte_is_read_in_linear_time() {
    byte[] form = FORM.replace("a/${filename}", "k".repeat(60_000)).getBytes(ISO_8859_1);
    for (int n = 0; n < 20; n++) {
      var at = new AtomicInteger();
      PostForm read =
          PostForm.read(() -> Buffer.buffer(new byte[] {form[at.getAndIncrement()]}), "B");
      assertThat(read.field("key")).hasSize(60_000);
      assertThat(read.headBytes()).isEqualTo(at.get());
    }
  }

  @Test
  void content_types_are_read_or_refused() {
    Fuzz.run(
        input -> PostForm.boundary(new String(input, ISO_8859_1)),
        S3Exception.class,
        "multipart/form-data; boundary=\"a b\"",
        "multipart/form-data;charset=utf-8;boundary=------1234");
  }

  @Test
  void policies_of_forms_are_read_or_refused() {
    String policy =
        "{\"expiration\": \"2026-11-21T05:00:00Z\", \"conditions\": [{\"bucket\": \"b\"},"
            + " [\"starts-with\", \"$key\", \"a/\"], [\"eq\", \"$acl\", \"private\"],"
            + " [\"content-length-range\", 1, 10]]}";
    Fuzz.run(
        input -> PostPolicy.read(Base64.getEncoder().encodeToString(input)),
        S3Exception.class,
        policy);
    Fuzz.run(
        input -> PostPolicy.read(new String(input, ISO_8859_1)),
        S3Exception.class,
        Base64.getEncoder().encodeToString(policy.getBytes(UTF_8)));
  }
}
