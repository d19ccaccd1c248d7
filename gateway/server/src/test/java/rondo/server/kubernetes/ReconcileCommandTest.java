package rondo.server.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.admin.AdminClient;
import rondo.server.cli.option.ServerOptions;
import rondo.server.config.HostPort;
import rondo.server.config.StartException;
import rondo.server.storage.NodeCalls;
import rondo.server.storage.RootCredentials;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What values declare, made on a real node, with a stand-in for Kubernetes' API. */
@Timeout(120)
@Tag("node")
final class ReconcileCommandTest {
  private static final String DECLARED =
      """
      {"buckets": [
        {"name": "photos", "versioning": "Enabled", "quota": {"bytes": "1GB", "objects": 5},
         "lifecycle": {"Rules": [
           {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "tmp/"},
            "Expiration": {"Days": 30}},
           {"ID": "parts", "Status": "Enabled", "Filter": {},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 3}}]},
         "policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
           "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::photos"}]}},
        {"name": "plain"},
        {"name": "shared", "grants": {"app": "write"}}],
       "users": [
        {"name": "app", "role": "operator",
         "policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
           "Action": "s3:*", "Resource": "arn:aws:s3:::shared"}]},
         "secrets": [{"name": "one"}, {"name": "two", "namespace": "web"}]}]}
      """;

  private static final String APP = "{\"users\": [{\"name\": \"app\", \"secrets\": [%s]}]}";

  @TempDir Path folder;

  private KubernetesStandIn kubernetes;
  private NodeProcess node;

  @BeforeEach
  void start() throws IOException {
    kubernetes = KubernetesStandIn.start(folder);
    node = start("data", "us-east-1");
  }

  private NodeProcess start(String data, String region) {
    return NodeProcess.start(
        ServerOptions.read(
            Map.of(),
            "--data=" + folder.resolve(data),
            "--durability=none",
            "--region=" + region,
            "--s3-listen=127.0.0.1:0",
            "--admin-listen=127.0.0.1:0",
            "--node-listen=127.0.0.1:0"));
  }

  @AfterEach
  void stop() {
    node.close();
    kubernetes.close();
  }

  private String reconcile(String declared) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("declared.json"), declared);
    var command = new ReconcileCommand();
    var out = new StringWriter();
    var line = new CommandLine(command).setOut(new PrintWriter(out, true));
    line.registerConverter(HostPort.class, HostPort::parse);
    line.parseArgs(
        "--admin=127.0.0.1:" + node.adminPort(),
        "--credentials=" + folder.resolve("data").resolve(RootCredentials.FILE),
        "--endpoint=http://127.0.0.1:" + node.s3Port(),
        "--namespace=store",
        "--label=app=a",
        "--file=" + file);
    command.apply(DeclaredState.read(file), kubernetes.api());
    return out.toString();
  }

  private JsonNode secret(String namespace, String name) {
    return kubernetes.object("/api/v1/namespaces/" + namespace + "/secrets/" + name);
  }

  private String value(String namespace, String name, String key) {
    String encoded = secret(namespace, name).path("data").path(key).asString();
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  private JsonNode admin(String path) throws IOException, InterruptedException {
    String answer = NodeCalls.call(node, node.adminPort(), "GET", path, "");
    return JsonMapper.shared().readTree(answer.substring(answer.indexOf(' ') + 1));
  }

  private List<String> keys() throws IOException, InterruptedException {
    return admin("/v1/users")
        .path("users")
        .get(0)
        .path("accessKeys")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  private String s3(String path) throws IOException, InterruptedException {
    return NodeCalls.s3(node, "GET", path, "");
  }

  private static BucketCalls calls(NodeProcess node, String region, RootCredentials credentials) {
    return new BucketCalls(
        URI.create("http://127.0.0.1:" + node.s3Port()), region, credentials, null);
  }

  @Test
  void buckets_have_what_is_declared_of_them_and_a_second_run_changes_nothing() throws Exception {
    for (String done : List.of("made", "there")) {
      assertThat(reconcile(DECLARED))
          .contains("bucket photos: " + done + ", versioning, quota, lifecycle, policy")
          .contains("bucket plain: " + done + "\n");
      assertThat(s3("/photos?versioning")).contains("<Status>Enabled</Status>");
      assertThat(s3("/photos?lifecycle"))
          .contains("<Days>30</Days>", "tmp/", "<DaysAfterInitiation>3</DaysAfterInitiation>");
      assertThat(s3("/photos?policy")).contains("s3:DeleteBucket");
      JsonNode usage = admin("/v1/buckets/photos/usage");
      assertThat(usage.path("mostBytes").asLong()).isEqualTo(1_000_000_000);
      assertThat(usage.path("mostObjects").asLong()).isEqualTo(5);
    }
    reconcile(
        "{\"buckets\": [{\"name\": \"photos\", \"lifecycle\": {}, \"policy\": {}, \"quota\":"
            + " {}}]}");
    assertThat(s3("/photos?lifecycle")).contains("NoSuchLifecycleConfiguration");
    assertThat(s3("/photos?policy")).contains("NoSuchBucketPolicy");
    assertThat(s3("/photos?versioning")).contains("<Status>Enabled</Status>");
    assertThat(admin("/v1/buckets/photos/usage").path("mostBytes").asLong()).isZero();
  }

  @Test
  void each_secret_of_a_user_has_a_key_of_its_own_that_may_do_what_is_declared() throws Exception {
    reconcile(DECLARED);
    var used = new TreeSet<String>();
    for (String[] at : new String[][] {{"store", "one"}, {"web", "two"}}) {
      String accessKey = value(at[0], at[1], "AWS_ACCESS_KEY_ID");
      var credentials =
          new RootCredentials(accessKey, value(at[0], at[1], "AWS_SECRET_ACCESS_KEY"));
      used.add(accessKey);
      assertThat(calls(node, "us-east-1", credentials).status("shared")).isEqualTo(200);
      assertThat(calls(node, "us-east-1", credentials).status("plain")).isEqualTo(403);
      assertThat(value(at[0], at[1], "AWS_ENDPOINT_URL"))
          .isEqualTo("http://127.0.0.1:" + node.s3Port());
      assertThat(secret(at[0], at[1]).path("metadata").path("labels").path("app").asString())
          .isEqualTo("a");
    }
    assertThat(keys()).containsExactlyInAnyOrderElementsOf(used);
    var before = Map.copyOf(kubernetes.objects());
    reconcile(DECLARED);
    assertThat(kubernetes.objects()).isEqualTo(before);
    assertThat(keys()).hasSize(2);
  }

  @Test
  void a_secret_that_was_deleted_gets_a_new_key_and_the_old_one_is_named() throws Exception {
    reconcile(APP.formatted("{\"name\": \"one\"}"));
    String old = value("store", "one", "AWS_ACCESS_KEY_ID");
    kubernetes.objects().clear();
    assertThat(reconcile(APP.formatted("{\"name\": \"one\"}")))
        .contains("rondo user key --remove " + old);
    assertThat(value("store", "one", "AWS_ACCESS_KEY_ID")).isNotEqualTo(old);
    assertThat(keys()).hasSize(2);
  }

  @Test
  void a_secret_that_can_not_be_made_leaves_no_key_behind() throws Exception {
    assertThatThrownBy(
            () -> reconcile(APP.formatted("{\"name\": \"o\", \"namespace\": \"forbidden\"}")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("secret o")
        .hasMessageContaining("it is forbidden");
    assertThat(keys()).isEmpty();
    reconcile(APP.formatted(""));
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_secret_with_another_key_is_left_alone_and_is_a_sentence() throws Exception {
    kubernetes
        .objects()
        .put(
            "/api/v1/namespaces/store/secrets/one",
            "{\"data\": {\"AWS_ACCESS_KEY_ID\": \"QUJD\"}}");
    assertThatThrownBy(() -> reconcile(APP.formatted("{\"name\": \"one\"}")))
        .hasMessageContaining("its key ABC isn't one of the user app")
        .hasMessageContaining("delete the secret");
    assertThat(secret("store", "one").path("data").size()).isEqualTo(1);
    kubernetes.objects().put("/api/v1/namespaces/store/secrets/one", "{\"data\": {}}");
    assertThatThrownBy(() -> reconcile(APP.formatted("{\"name\": \"one\"}")))
        .hasMessageContaining("has no key AWS_ACCESS_KEY_ID");
  }

  @Test
  void what_s3_refuses_and_what_can_not_be_declared_are_sentences() {
    assertThatThrownBy(() -> reconcile("{\"buckets\": [{\"name\": \"a\"}]}"))
        .hasMessageContaining("S3 refuses PUT of the bucket a: InvalidBucketName");
    assertThatThrownBy(() ->
            reconcile(
                "{\"buckets\": [{\"name\": \"ab1\", \"policy\": {}, \"grants\": {\"a\":"
                    + " \"read\"}}]}"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("the bucket ab1 has a policy and grants");
    assertThatThrownBy(() -> reconcile("{\"buckets\": [{\"nmae\": \"photos\"}]}"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("nmae");
  }

  @Test
  void a_bucket_is_made_in_the_region_of_the_cluster() throws Exception {
    try (NodeProcess other = start("other", "eu-west-9")) {
      BucketCalls s3 = calls(other, "eu-west-9", other.root());
      var bucket = new DeclaredState.DeclaredBucket("photos", null, null, null, null, null);
      assertThat(new DeclaredBuckets(s3, new AdminClient()).apply(bucket)).endsWith("made");
      assertThat(s3.status("photos")).isEqualTo(200);
    }
  }
}
