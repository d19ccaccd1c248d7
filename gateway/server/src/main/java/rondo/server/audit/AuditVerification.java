package rondo.server.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.server.audit.AuditPeers.Member;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the audit logs of all nodes, and compares each with the heads that the others hold of it.
 * Thread-safe; blocks.
 */
record AuditVerification(AuditCalls own, AuditPeers peers) {
  /** The result, ready to become JSON: whether all is good, and each log. */
  Map<String, Object> verify() {
    List<Member> members = peers.members();
    List<AuditChain.Held> held = new ArrayList<>();
    Set<String> silent = new LinkedHashSet<>();
    for (Member member : members) {
      JsonNode answer = tree(call(member, Map.of("ask", "heads")));
      if (answer == null || !answer.has("heads")) {
        silent.add(member.id());
        continue;
      }
      for (JsonNode head : answer.path("heads")) {
        AuditHead known = AuditHead.of(head);
        if (known != null) {
          held.add(new AuditChain.Held(member.name(), known));
        }
      }
    }
    List<Map<String, Object>> logs = new ArrayList<>();
    members.forEach(member -> logs.add(log(member, of(member.id(), held), silent)));
    gone(members, held).forEach(id -> logs.add(gone(id, of(id, held))));
    var result = new LinkedHashMap<String, Object>();
    result.put(
        "good", logs.stream().allMatch(log -> Objects.equals(log.get("findings"), List.of())));
    result.put("logs", logs);
    return result;
  }

  private static List<AuditChain.Held> of(String id, List<AuditChain.Held> held) {
    return held.stream().filter(it -> it.head().node().equals(id)).toList();
  }

  private Map<String, Object> log(Member member, List<AuditChain.Held> held, Set<String> silent) {
    var log = new LinkedHashMap<String, Object>();
    log.put("node", member.name());
    log.put("id", member.id());
    if (silent.contains(member.id())) {
      log.put("findings", List.of("the node gives no answer: its log isn't verified"));
      return log;
    }
    var chain = new AuditChain(held);
    String trouble = read(member, chain);
    List<String> findings = new ArrayList<>(chain.end(member.key()));
    if (!trouble.isEmpty()) {
      findings.add(trouble);
    }
    log.putAll(chain.view());
    log.put("heldBy", held.stream().map(AuditChain.Held::holder).distinct().sorted().toList());
    log.put("findings", findings);
    return log;
  }

  private String read(Member member, AuditChain chain) {
    JsonNode answer = tree(call(member, Map.of("ask", "files")));
    if (answer == null) {
      return "the node's log can't be read";
    }
    int left = answer.path("files").size();
    for (JsonNode file : answer.path("files")) {
      left--;
      String name = file.path("name").asString("");
      byte[] bytes = file(member, name, file.path("bytes").asLong(0));
      if (bytes == null) {
        return name + " of the node's log can't be read";
      }
      chain.file(name, bytes, left == 0);
    }
    return "";
  }

  private byte @Nullable [] file(Member member, String name, long size) {
    var all = new ByteArrayOutputStream();
    while (all.size() < size) {
      byte[] page = call(member, Map.of("ask", "read", "name", name, "from", all.size()));
      if (page == null || page.length == 0) {
        return null;
      }
      all.writeBytes(page);
    }
    return all.toByteArray();
  }

  /** The logs of lives that are no members any more, of which only heads are left. */
  private static Set<String> gone(List<Member> members, List<AuditChain.Held> held) {
    Set<String> gone = new LinkedHashSet<>();
    held.forEach(it -> gone.add(it.head().node()));
    members.forEach(member -> gone.remove(member.id()));
    return gone;
  }

  private static Map<String, Object> gone(String id, List<AuditChain.Held> held) {
    AuditChain.Held newest =
        held.stream().max(Comparator.comparingLong(it -> it.head().number())).orElseThrow();
    var log = new LinkedHashMap<String, Object>();
    log.put("node", "");
    log.put("id", id);
    log.put("heldBy", held.stream().map(AuditChain.Held::holder).distinct().sorted().toList());
    log.put(
        "findings",
        List.of(
            "node %s is no member any more, and its log up to entry %d of %s is gone with it"
                .formatted(id, newest.head().number(), newest.head().time())));
    return log;
  }

  /**
   * The lines of all nodes that a filter lets through, by time; and the nodes without an answer.
   */
  Map<String, Object> find(AuditFilter filter) {
    List<JsonNode> entries = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (Member member : peers.members()) {
      byte[] answer = call(member, Map.of("ask", "find", "filter", filter.view()));
      if (answer == null) {
        silent.add(member.name());
      } else {
        for (String line : new String(answer, StandardCharsets.UTF_8).lines().toList()) {
          JsonNode entry = tree(line.getBytes(StandardCharsets.UTF_8));
          if (entry != null && entry.has("number")) {
            entries.add(entry);
          }
        }
      }
    }
    entries.sort(Comparator.comparing(entry -> entry.path("time").asString("")));
    int from = Math.max(0, entries.size() - filter.limit());
    var result = new LinkedHashMap<String, Object>();
    result.put("entries", entries.subList(from, entries.size()));
    result.put("silent", silent);
    return result;
  }

  private byte @Nullable [] call(Member member, Map<String, Object> call) {
    String text = JsonMapper.shared().writeValueAsString(call);
    return member.id().equals(peers.self()) ? own.answer(text) : peers.ask(member, text);
  }

  private static @Nullable JsonNode tree(byte @Nullable [] answer) {
    try {
      return answer == null ? null : JsonMapper.shared().readTree(answer);
    } catch (JacksonException e) {
      return null;
    }
  }
}
