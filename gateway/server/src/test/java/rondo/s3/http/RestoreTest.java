package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.server.boot.NodeProcess;

/** Archived objects on a whole node. */
@Tag("node")
final class RestoreTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String CLASS = "x-amz-storage-class";

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient client;

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(folder.resolve("data"));
    client = new RawClient(node.s3Port());
    assertThat(client.send("PUT", "/bucket", NOTHING).status()).isEqualTo(200);
    put("/bucket/plain", "STANDARD_IA");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void put(String path, String storageClass) throws IOException {
    assertThat(client.send("PUT", path, "cold".getBytes(UTF_8), CLASS, storageClass).status())
        .isEqualTo(200);
  }

  private static RawClient.Answer restore(String path, String body) throws IOException {
    return client.send(
        "POST",
        path + "?restore",
        ("<RestoreRequest>" + body + "</RestoreRequest>").getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GLACIER", "DEEP_ARCHIVE"})
  void an_archived_object_is_read_once_it_was_restored(String storageClass) throws IOException {
    String path = "/bucket/" + storageClass;
    put(path, storageClass);
    RawClient.Answer archived = client.get(path);
    assertThat(archived.status()).isEqualTo(403);
    assertThat(archived.text())
        .contains("<Code>InvalidObjectState</Code>")
        .contains("<StorageClass>" + storageClass + "</StorageClass>");
    assertThat(client.send("PUT", "/bucket/copy", NOTHING, "x-amz-copy-source", path).text())
        .contains("<Code>ObjectNotInActiveTierError</Code>");
    assertThat(client.send("PUT", path, NOTHING, "x-amz-write-offset-bytes", "4").text())
        .contains("InvalidObjectState");
    assertThat(restore(path, "<Days>2</Days>").status()).isEqualTo(202);
    RawClient.Answer restored = client.get(path);
    assertThat(restored.text()).isEqualTo("cold");
    assertThat(restored.headers()).containsEntry(CLASS, storageClass);
    assertThat(restored.headers().get("x-amz-restore"))
        .matches("ongoing-request=\"false\", expiry-date=\"..., .. ... .... 00:00:00 GMT\"");
    assertThat(client.send("PUT", "/bucket/copy", NOTHING, "x-amz-copy-source", path).status())
        .isEqualTo(200);
    assertThat(restore(path, "<Days>9</Days>").status()).isEqualTo(200);
    assertThat(client.get(path).headers().get("x-amz-restore"))
        .isNotEqualTo(restored.headers().get("x-amz-restore"));
  }

  @ParameterizedTest
  @CsvSource({
    "plain, <Days>1</Days>, 403, InvalidObjectState",
    "none, <Days>1</Days>, 404, NoSuchKey",
    "cold, '', 400, MalformedXML",
    "cold, <Days>x</Days>, 400, MalformedXML",
    "cold, <Days>1</Days><Days>2</Days>, 400, MalformedXML",
    "cold, <Days>0</Days>, 400, InvalidArgument",
    "cold, <Days>-1</Days>, 400, InvalidArgument",
    "cold, <Days>1</Days><Other/>, 400, MalformedXML",
    "cold, <Days>1</Days><GlacierJobParameters/>, 400, MalformedXML",
    "cold, <Days>1</Days><GlacierJobParameters><Tier>Fast</Tier></GlacierJobParameters>, 400,"
        + " MalformedXML",
    "cold, <Days>1</Days><GlacierJobParameters><Tier>Expedited</Tier></GlacierJobParameters>, 400,"
        + " InvalidArgument",
    "cold, <Type>SELECT</Type>, 501, NotImplemented",
    "cold, <Days>1, 400, MalformedXML"
  })
  void an_impossible_restore_is_refused(String key, String body, int status, String code)
      throws IOException {
    put("/bucket/cold", "DEEP_ARCHIVE");
    RawClient.Answer answer = restore("/bucket/" + key, body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).contains("<Code>" + code + "</Code>").doesNotContain("<Resource>");
    assertThat(client.get("/bucket/cold").status()).isEqualTo(403);
  }

  @Test
  void a_version_is_restored_by_its_id() throws IOException {
    client.send("PUT", "/versions", NOTHING);
    client.send(
        "PUT",
        "/versions?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
            .getBytes(UTF_8));
    RawClient.Answer old =
        client.send("PUT", "/versions/a", "old".getBytes(UTF_8), CLASS, "GLACIER");
    put("/versions/a", "GLACIER");
    String id = "versionId=" + old.headers().get("x-amz-version-id");
    RawClient.Answer restored =
        client.send(
            "POST",
            "/versions/a?restore&" + id,
            "<RestoreRequest><Days>1</Days></RestoreRequest>".getBytes(UTF_8));
    assertThat(restored.status()).isEqualTo(202);
    assertThat(client.get("/versions/a?" + id).text()).isEqualTo("old");
    assertThat(client.get("/versions/a").status()).isEqualTo(403);
  }
}
