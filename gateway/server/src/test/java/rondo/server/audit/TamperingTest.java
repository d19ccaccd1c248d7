package rondo.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.audit.AuditFixture.findings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.audit.AuditFixture.Node;
import rondo.store.system.SystemPorts;

/** Each way to change an audit log is found. */
@Timeout(60)
final class TamperingTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  private AuditFixture cluster;
  private Node one;
  private Node two;

  @BeforeEach
  void open() throws IOException {
    cluster = new AuditFixture(folder);
    one = cluster.node("one", 1, MIB, 3);
    two = cluster.node("two", 2, MIB, 3);
    one.write("A", "B", "C", "D");
    one.keeper().look();
  }

  @AfterEach
  void close() {
    one.log().close();
    two.log().close();
  }

  @Test
  void an_untouched_log_is_good() {
    assertThat(findings(two, one)).isEmpty();
    assertThat(findings(one, one)).isEmpty();
    one.write("E");
    assertThat(findings(two, one)).isEmpty();
  }

  @Test
  void a_changed_byte_is_found() throws IOException {
    one.change("\"B\"", "\"X\"");
    assertThat(findings(two, one)).first().asString().contains("line 3 (entry 3) isn't as it was");
  }

  @Test
  void a_line_that_was_cut_out_is_found() throws IOException {
    Path file = one.files().getLast();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.remove(2);
    Files.write(file, lines);
    assertThat(findings(two, one)).containsExactly("entries 3 to 3 are missing");
  }

  @Test
  void a_tail_that_was_cut_is_found_by_the_head_that_others_hold() throws IOException {
    Path file = one.files().getLast();
    Files.write(file, Files.readAllLines(file).subList(0, 3));
    assertThat(findings(two, one))
        .singleElement()
        .asString()
        .contains("the log ends with entry 3", "'two' holds the head of entry 5");
  }

  @Test
  void a_wiped_log_is_found_also_once_it_has_begun_anew() throws IOException {
    one.log().close();
    Files.delete(one.files().getLast());
    assertThat(findings(two, one)).singleElement().asString().contains("the log has no entry");
    AuditLog anew = AuditFixture.log(one.folder(), "one", MIB, 3, AppendFile::system);
    anew.start();
    anew.require(AuditEntry.ofLog("Innocent", ""), OrderAudit.PATIENCE);
    assertThat(findings(two, one)).singleElement().asString().contains("head of entry 5");
    anew.close();
  }

  @Test
  void a_log_that_was_wiped_under_a_running_node_goes_on_where_it_is_seen() throws IOException {
    Files.delete(one.files().getLast());
    one.write("E");
    assertThat(one.files()).hasSize(1);
    assertThat(findings(two, one))
        .containsExactly(
            "the entries before 6 are missing, and no line says that they were dropped");
  }

  @Test
  void a_log_that_was_written_anew_with_all_its_hashes_is_found() throws IOException {
    one.log().close();
    Files.delete(one.files().getLast());
    AuditLog anew = AuditFixture.log(one.folder(), "one", MIB, 3, AppendFile::system);
    anew.start();
    for (String word : List.of("A", "X", "C", "D", "E", "F")) {
      anew.require(AuditEntry.ofLog(word, ""), OrderAudit.PATIENCE);
    }
    // The thief of the node's key signs what the node would.
    var keeper = new HeadKeeper(anew, one.signer(), one, SystemPorts.TASKS, SystemPorts.TIME);
    keeper.look();
    assertThat(findings(two, one))
        .singleElement()
        .asString()
        .contains("entry 5 isn't the one whose head 'two' holds");
    anew.close();
  }

  @Test
  void a_forged_head_is_refused_and_found_where_it_was_planted() throws IOException {
    var forger =
        new AuditHead.Signer(
            one.member().id(), AuditFixture.keys().getPrivate(), AuditFixture.keys().getPublic());
    AuditHead unsigned = forger.sign(new AuditLog.Head(9, AuditLine.NONE), "2026-12-01T00:00:00Z");
    assertThat(two.held().hold(unsigned)).contains("isn't signed by its key");
    var keys = AuditFixture.keys();
    var other = new AuditHead.Signer(one.member().id(), keys.getPrivate(), keys.getPublic());
    AuditHead foreign = other.sign(new AuditLog.Head(9, AuditLine.NONE), "2026-12-01T00:00:00Z");
    assertThat(two.held().hold(foreign)).contains("another key than the node's");
    Path planted = two.folder().resolve("held").resolve(one.member().id() + ".heads");
    Files.writeString(planted, Files.readString(planted) + foreign.json() + "\n");
    two.held().open();
    assertThat(findings(two, one))
        .singleElement()
        .asString()
        .contains("'two' holds a head of entry 9 that the node's key hasn't signed");
  }

  @Test
  void a_first_file_that_was_deleted_by_hand_is_found_and_one_that_rotation_deleted_is_not()
      throws IOException {
    Node small = cluster.node("small", 3, 1, 2);
    small.write("A", "B", "C", "D", "E");
    small.keeper().look();
    assertThat(small.files()).hasSizeLessThanOrEqualTo(2);
    assertThat(findings(two, small)).isEmpty();
    small.log().close();
    Files.delete(small.files().getFirst());
    assertThat(findings(two, small)).singleElement().asString().contains("no line says that");
  }

  @Test
  void a_silent_node_and_a_life_that_is_gone_are_told() throws IOException {
    Node three = cluster.node("three", 3, MIB, 3);
    three.write("A");
    three.keeper().look();
    cluster.calls.silence(three);
    assertThat(findings(two, three)).singleElement().asString().contains("gives no answer");
    three.log().close();
    cluster.remove(three);
    assertThat(findings(two, three)).singleElement().asString().contains("is gone with it");
  }

  @Test
  void held_heads_are_there_after_a_restart() throws IOException {
    var again = new HeldHeads(two.folder().resolve("held"), node -> "");
    again.open();
    assertThat(again.all()).hasSize(1);
  }
}
