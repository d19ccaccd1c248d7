package rondo.s3.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import rondo.s3.auth.RequestSigner;
import rondo.server.boot.NodeProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An account of a node beside root.
 *
 * @param client sends requests that it signs
 */
record TestUser(String accountId, String accessKey, String secret, RawClient client) {
  /** Makes the account by the admin API, as root. */
  static TestUser of(NodeProcess node, String name) throws IOException {
    byte[] body = "{\"name\": \"%s\"}".formatted(name).getBytes(StandardCharsets.UTF_8);
    RawClient.Answer made = RawClient.ofAdmin(node.adminPort()).send("POST", "/users", body);
    JsonNode user = JsonMapper.shared().readTree(made.text());
    String access = user.path("accessKey").asString();
    String secret = user.path("secretKey").asString();
    return new TestUser(
        user.path("accountId").asString(),
        access,
        secret,
        new RawClient(node.s3Port(), new RequestSigner(access, secret, "us-east-1")));
  }
}
