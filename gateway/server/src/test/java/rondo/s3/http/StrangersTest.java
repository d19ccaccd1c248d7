package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.server.boot.NodeProcess;

/** What a bucket's policy can't give to other accounts, whatever it says. */
@Tag("node")
final class StrangersTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient root;
  private static RawClient ann;
  private static RawClient bob;

  @BeforeAll
  static void start() throws IOException {
    // For older tools a new bucket has ACLs and no public access block.
    node = TestNode.start(folder.resolve("data"), "--profile=compat");
    root = new RawClient(node.s3Port());
    ann = TestUser.of(node, "ann").client();
    bob = TestUser.of(node, "bob").client();
    done(ann.send("PUT", "/box", NOTHING));
    done(ann.send("PUT", "/box/key", "private".getBytes(UTF_8)));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void done(RawClient.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
  }

  private static RawClient.Answer policy(RawClient by, String statement) throws IOException {
    return by.send("PUT", "/box?policy", ("{\"Statement\": " + statement + "}").getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Action\": \"s3:*\"", "\"NotAction\": \"s3:GetObject\""})
  void a_policy_does_not_give_itself_away(String actions) throws IOException {
    String open =
        """
        {"Effect": "Allow", "Principal": "*", %s, "Resource": ["arn:aws:s3:::box", "arn:aws:s3:::box/*"]}
        """
            .formatted(actions);
    done(policy(ann, open));
    String before = ann.get("/box?policy").text();
    for (String method : List.of("GET", "PUT", "DELETE")) {
      for (RawClient.Answer answer :
          List.of(
              bob.send(method, "/box?policy", "{}".getBytes(UTF_8)),
              root.unsigned(method, "/box?policy", "{}".getBytes(UTF_8)))) {
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text()).contains("<Code>MethodNotAllowed</Code>");
      }
    }
    assertThat(ann.get("/box?policy").text()).isEqualTo(before);
    assertThat(bob.get("/box").status()).isEqualTo(200);
    done(ann.send("DELETE", "/box?policy", NOTHING));
    for (String method : List.of("GET", "PUT", "DELETE")) {
      assertThat(bob.send(method, "/box?policy", "{}".getBytes(UTF_8)).status()).isEqualTo(403);
    }
    done(policy(root, open));
    done(root.send("DELETE", "/box?policy", NOTHING));
  }

  @Test
  void the_public_access_block_takes_nobody_for_somebody() throws IOException {
    done(
        policy(
            ann,
            """
            {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
             "Resource": "arn:aws:s3:::box/*",
             "Condition": {"StringEquals": {"aws:userid": "anonymous"}}}
            """));
    assertThat(root.unsigned("GET", "/box/key", NOTHING).text()).isEqualTo("private");
    assertThat(ann.get("/box?policyStatus").text()).contains("<IsPublic>true</IsPublic>");
    String block =
        "<PublicAccessBlockConfiguration><RestrictPublicBuckets>true</RestrictPublicBuckets>"
            + "<BlockPublicPolicy>true</BlockPublicPolicy></PublicAccessBlockConfiguration>";
    done(ann.send("PUT", "/box?publicAccessBlock", block.getBytes(UTF_8)));
    assertThat(root.unsigned("GET", "/box/key", NOTHING).status()).isEqualTo(403);
    String document = ann.get("/box?policy").text();
    assertThat(ann.send("PUT", "/box?policy", document.getBytes(UTF_8)).status()).isEqualTo(403);
    done(ann.send("DELETE", "/box?publicAccessBlock", NOTHING));
    done(ann.send("DELETE", "/box?policy", NOTHING));
  }

  @Test
  void a_denied_grant_is_not_given_with_an_object() throws IOException {
    done(
        policy(
            ann,
            """
            [{"Effect": "Allow", "Principal": "*", "Action": ["s3:PutObject", "s3:GetObject"],
              "Resource": "arn:aws:s3:::box/*"},
             {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObjectTagging",
              "Resource": "arn:aws:s3:::box/*"}]
            """));
    String started =
        bob.send("POST", "/box/up?uploads", NOTHING, "x-amz-acl", "public-read").text();
    String id =
        started.substring(started.indexOf("<UploadId>") + 10, started.indexOf("</UploadId>"));
    String part = "/box/up?partNumber=1&uploadId=" + id;
    String etag = bob.send("PUT", part, NOTHING).headers().get("etag");
    done(
        policy(
            ann,
            """
            [{"Effect": "Allow", "Principal": "*", "Action": ["s3:PutObject", "s3:GetObject"],
              "Resource": "arn:aws:s3:::box/*"},
             {"Effect": "Deny", "Principal": "*",
              "Action": ["s3:PutObjectAcl", "s3:PutObjectTagging"],
              "Resource": "arn:aws:s3:::box/*"}]
            """));
    String complete =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>"
            .formatted(etag);
    for (RawClient by : List.of(ann, bob)) {
      for (RawClient.Answer answer :
          List.of(
              by.send("PUT", "/box/new", NOTHING, "x-amz-acl", "public-read"),
              by.send("PUT", "/box/new", NOTHING, "x-amz-tagging", "a=b"),
              by.send(
                  "PUT",
                  "/box/new",
                  NOTHING,
                  "x-amz-grant-read",
                  "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\""),
              by.send(
                  "PUT",
                  "/box/new",
                  NOTHING,
                  "x-amz-copy-source",
                  "box/key",
                  "x-amz-acl",
                  "private"),
              by.send("POST", "/box/new?uploads", NOTHING, "x-amz-acl", "public-read"),
              by.send("POST", "/box/up?uploadId=" + id, complete.getBytes(UTF_8)))) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
      }
      done(by.send("PUT", "/box/plain", NOTHING));
    }
    assertThat(ann.get("/box/new").status()).isEqualTo(404);
    done(ann.send("DELETE", "/box?policy", NOTHING));
  }
}
