package rondo.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.s3.audit.AuditedRequest;
import rondo.s3.auth.Identity;
import rondo.s3.error.S3Exception;
import rondo.s3.request.Operation.BucketOperation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.Operation.SettingOperation;

@Timeout(60)
final class AuditLogTest {
  private static final long MIB = 1 << 20;
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  /** A disk that may be full or hang. */
  private static final class FakeDisk implements AppendFile.Opener {
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private volatile boolean full;
    private volatile boolean hangs;

    @Override
    public AppendFile open(Path path, long lengthBytes) throws IOException {
      AppendFile file = AppendFile.system(path, lengthBytes);
      return new AppendFile() {
        @Override
        public void append(byte[] bytes) throws IOException {
          if (hangs) {
            entered.countDown();
            await();
          }
          if (full) {
            file.append(new byte[] {'{'});
            throw new IOException("No space left on device");
          }
          file.append(bytes);
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }

    private void await() throws IOException {
      try {
        if (!released.await(30, TimeUnit.SECONDS)) {
          throw new IOException("never released");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private static AuditEntry word(String word) {
    return AuditEntry.ofLog(word, "");
  }

  private static AuditedRequest request(BucketOperation operation, AuditedRequest.Outcome outcome) {
    return new AuditedRequest(
        "0123456789ABCDEF",
        operation,
        new AuditedRequest.Sender("alice", "a1", "AKIA", "10.0.0.7"),
        "photos",
        "",
        outcome);
  }

  private List<byte[]> lines(AuditLog log) throws IOException {
    return AuditFiles.lines(Files.readAllBytes(log.files().list().getLast()));
  }

  private void assertWhole(AuditLog log) throws IOException {
    var chain = new AuditChain(List.of());
    for (Path file : log.files().list()) {
      chain.file(file.getFileName().toString(), Files.readAllBytes(file), false);
    }
    assertThat(chain.end("")).isEmpty();
  }

  @Test
  void an_entry_says_who_did_what_and_why_it_was_allowed() throws IOException {
    AuditLog log = AuditFixture.log(folder, "one", MIB, 3, AppendFile::system);
    log.start();
    var trail = new RequestAudit(log, false, List.of());
    var outcome = new AuditedRequest.Outcome(403, "AccessDenied", "nothing allows it");
    trail.begins(request(BucketOperation.DELETE_BUCKET, AuditedRequest.Outcome.NONE));
    trail.ended(request(BucketOperation.DELETE_BUCKET, outcome));
    log.close();
    assertThat(lines(log)).hasSize(2);
    assertThat(Files.readString(log.files().list().getLast()))
        .contains("\"request\":\"0123456789ABCDEF\",\"account\":\"alice\",\"accountId\":\"a1\"")
        .contains("\"operation\":\"DeleteBucket\",\"bucket\":\"photos\",\"decision\":\"refused\"")
        .contains("\"error\":\"AccessDenied\",\"why\":\"nothing allows it\"");
  }

  @Test
  void data_has_entries_where_they_are_asked_for() throws IOException {
    AuditLog log = AuditFixture.log(folder, "one", MIB, 3, AppendFile::system);
    var some = new RequestAudit(log, false, List.of("photos"));
    assertThat(some.covers(ObjectOperation.GET_OBJECT, "photos")).isTrue();
    assertThat(some.covers(ObjectOperation.GET_OBJECT, "other")).isFalse();
    assertThat(some.covers(SettingOperation.PUT_BUCKET_CORS, "other")).isTrue();
    assertThat(some.covers(SettingOperation.GET_BUCKET_CORS, "other")).isFalse();
    assertThat(some.covers(BucketOperation.LIST_BUCKETS, null)).isFalse();
    var all = new RequestAudit(log, false, List.of("*"));
    assertThat(all.covers(ObjectOperation.GET_OBJECT, "other")).isTrue();
  }

  @Test
  void a_required_entry_that_a_full_disk_refuses_refuses_the_request() throws IOException {
    var disk = new FakeDisk();
    AuditLog log = AuditFixture.log(folder, "one", MIB, 3, disk);
    log.start();
    assertThat(log.require(word("before"), LONG)).isTrue();
    disk.full = true;
    var trail = new RequestAudit(log, true, List.of());
    var asked = request(BucketOperation.CREATE_BUCKET, AuditedRequest.Outcome.NONE);
    assertThatThrownBy(() -> trail.begins(asked))
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("The audit log is required here and takes no entry now")
        .hasMessageContaining("No space left on device");
    var order =
        OrderAudit.Order.of(
            new Identity("a1", "alice", "", "AKIA", "s"), "10.0.0.7", "POST /users", "{}");
    assertThat(new OrderAudit(log, true).begins(order)).contains("takes no entry now");
    assertThat(new OrderAudit(log, false).begins(order)).isEmpty();
    assertThat(log.trouble()).contains("No space left on device");
    disk.full = false;
    assertThat(log.require(word("after"), LONG)).isTrue();
    log.close();
    assertThat(Files.readString(log.files().list().getLast()))
        .contains("2 entries before this one are missing");
    assertWhole(log);
  }

  @Test
  void a_disk_that_hangs_holds_nothing_but_what_is_required() throws Exception {
    var disk = new FakeDisk();
    AuditLog log = AuditFixture.log(folder, "one", MIB, 3, disk);
    disk.hangs = true;
    log.start();
    disk.entered.await();
    for (int i = 0; i < 5000; i++) {
      log.record(word("more"));
    }
    assertThat(log.lost()).isEqualTo(5000 - 4096);
    assertThat(log.require(word("required"), Duration.ofMillis(1))).isFalse();
    disk.hangs = false;
    disk.released.countDown();
    while (!log.require(word("last"), LONG)) {
      Thread.onSpinWait();
    }
    log.close();
    assertThat(log.head().number()).isGreaterThan(4096);
    assertWhole(log);
  }

  @Test
  void senders_without_a_name_cannot_push_others_out_of_the_log() throws IOException {
    AuditLog log = AuditFixture.log(folder, "one", MIB, 3, AppendFile::system);
    log.start();
    var orders = new OrderAudit(log, true);
    for (int i = 0; i < 1000; i++) {
      var order = OrderAudit.Order.of(null, "10.0.0.7", "POST /stop", "{}");
      assertThat(orders.begins(order)).isEmpty();
      orders.ended(order, 403, java.util.Map.of("error", "sign the request"));
    }
    log.close();
    assertThat(log.lost()).isGreaterThan(500);
  }

  @Test
  void a_line_that_a_crash_has_cut_is_removed_and_told() throws IOException {
    AuditLog log = AuditFixture.log(folder, "one", MIB, 3, AppendFile::system);
    log.start();
    log.require(word("A"), LONG);
    log.close();
    Path file = log.files().list().getLast();
    Files.writeString(file, "{\"number\":3,\"prev", StandardOpenOption.APPEND);
    AuditLog again = AuditFixture.log(folder, "one", MIB, 3, AppendFile::system);
    again.start();
    again.require(word("B"), LONG);
    again.close();
    assertThat(Files.readString(file)).contains("a line that a crash has cut was removed");
    assertThat(again.head().number()).isEqualTo(4);
    assertWhole(again);
  }

  @Test
  void files_are_bounded_and_the_chain_goes_through_them() throws IOException {
    AuditLog log = AuditFixture.log(folder, "one", 1, 3, AppendFile::system);
    log.start();
    for (int i = 0; i < 10; i++) {
      log.require(word("entry-" + i), LONG);
    }
    log.close();
    assertThat(log.files().list()).hasSizeLessThanOrEqualTo(3);
    assertWhole(log);
    AuditLog again = AuditFixture.log(folder, "one", 1, 3, AppendFile::system);
    again.start();
    again.require(word("later"), LONG);
    again.close();
    assertWhole(again);
  }

  @Test
  void secrets_of_orders_and_long_bodies_stay_out() {
    var order =
        OrderAudit.Order.of(null, "", "POST /x", "{\"secretKey\": \"abc\", \"name\":\"n\"}");
    assertThat(order.detail()).isEqualTo("{\"secretKey\": \"-\", \"name\":\"n\"}");
    var policy = OrderAudit.Order.of(null, "", "PUT /users/a/policy", "x".repeat(3000));
    assertThat(policy.detail()).startsWith("sha256 ").hasSize(7 + 64);
  }

  @Test
  void a_filter_lets_through_what_it_names() {
    String line =
        "{\"time\":\"%s\",\"account\":\"alice\",\"operation\":\"PutBucketPolicy\",\"bucket\":\"b\"}"
            .formatted(Instant.EPOCH);
    var tree = tools.jackson.databind.json.JsonMapper.shared();
    assertThat(AuditFilter.of(tree.readTree("{\"operation\":\"policy\"}")).matches(line)).isTrue();
    assertThat(AuditFilter.of(tree.readTree("{\"account\":\"bob\"}")).matches(line)).isFalse();
    assertThat(AuditFilter.of(tree.readTree("{\"since\":\"2000\"}")).matches(line)).isFalse();
    assertThat(AuditFilter.of(tree.readTree("{}")).matches("no JSON")).isFalse();
  }
}
