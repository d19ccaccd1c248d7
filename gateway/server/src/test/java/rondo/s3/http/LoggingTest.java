package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.s3.auth.Hashes;
import rondo.server.boot.NodeProcess;

/** A node delivers its access logs when it stops. */
@Tag("node")
final class LoggingTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path folder;

  private static void put(RawClient client, String path, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    String md5 = Base64.getEncoder().encodeToString(Hashes.start("MD5").digest(bytes));
    RawClient.Answer answer = client.send("PUT", path, bytes, "content-md5", md5);
    assertThat(answer.status()).as(answer.text()).isIn(200, 204);
  }

  private static String policy(String target, String source) {
    return """
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
     "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": "s3:PutObject",
     "Resource": "arn:aws:s3:::%s/logs/*",
     "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::%s"}}}]}\
    """
        .formatted(target, source);
  }

  @Test
  void logs_are_written_where_the_target_lets_the_service_and_encrypted_as_it_says()
      throws IOException {
    try (NodeProcess node = TestNode.start(folder)) {
      var client = new RawClient(node.s3Port());
      for (String target : new String[] {"open", "shut", "other"}) {
        put(client, "/source-" + target, "");
        put(client, "/target-" + target, "");
        put(
            client,
            "/source-" + target + "?logging",
            "<BucketLoggingStatus><LoggingEnabled><TargetBucket>target-"
                + target
                + "</TargetBucket><TargetPrefix>logs/</TargetPrefix></LoggingEnabled>"
                + "</BucketLoggingStatus>");
      }
      put(client, "/target-open?policy", policy("target-open", "source-open"));
      put(client, "/target-other?policy", policy("target-other", "source-open"));
      put(
          client,
          "/target-open?encryption",
          "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
              + "<SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
              + "</ServerSideEncryptionConfiguration>");
      for (String target : new String[] {"open", "shut", "other"}) {
        assertThat(client.get("/source-" + target + "/what").status()).isEqualTo(404);
      }
    }
    try (NodeProcess node = TestNode.start(folder)) {
      var client = new RawClient(node.s3Port());
      assertThat(client.get("/target-shut").text()).doesNotContain("<Key>");
      assertThat(client.get("/target-other").text()).doesNotContain("<Key>");
      String list = client.get("/target-open").text();
      String key = list.substring(list.indexOf("<Key>") + 5, list.indexOf("</Key>"));
      RawClient.Answer log = client.get("/target-open/" + key);
      assertThat(log.headers()).containsEntry("x-amz-server-side-encryption", "aws:kms");
      assertThat(log.text()).contains("REST.GET.OBJECT what").contains(" 404 NoSuchKey ");
      assertThat(client.send("DELETE", "/target-open/" + key, NOTHING).status()).isEqualTo(204);
    }
  }
}
