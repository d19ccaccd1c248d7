package rondo.server.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What audit logs say to each other. A call is JSON with the member {@code ask}; an answer is JSON,
 * but for pages of files and found lines, which are bytes as they stand in the files. Thread-safe.
 *
 * <pre>
 * {"ask":"hold","head":{...}}                          {"held":true} or {"refused":"..."}
 * {"ask":"heads"}                                      {"heads":[{...}]}
 * {"ask":"files"}                                      {"files":[{"name":"...","bytes":1}]}
 * {"ask":"read","name":"...","from":0}                 bytes, at most a page
 * {"ask":"find","filter":{...}}                        lines
 * </pre>
 *
 * @param log of this node; null where it has none: it holds the heads of others all the same
 */
record AuditCalls(@Nullable AuditLog log, HeldHeads held) {
  /** Of one answer; the messages between nodes may have 32 MiB. */
  static final int PAGE = 1 << 20;

  byte[] answer(String call) {
    try {
      JsonNode asked = JsonMapper.shared().readTree(call);
      return switch (asked.path("ask").asString("")) {
        case "hold" -> json(hold(asked.path("head")));
        case "heads" -> json(Map.of("heads", held.all().stream().map(AuditHead::view).toList()));
        case "files" -> json(Map.of("files", files()));
        case "read" ->
            log == null
                ? new byte[0]
                : log.files()
                    .read(asked.path("name").asString(""), asked.path("from").asLong(0), PAGE);
        case "find" -> find(AuditFilter.of(asked.path("filter")));
        default -> refused("there is no such call");
      };
    } catch (JacksonException | IOException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> hold(JsonNode told) throws IOException {
    AuditHead head = AuditHead.of(told);
    String why = head == null ? "it is no head" : held.hold(head);
    return why.isEmpty() ? Map.of("held", true) : Map.of("refused", why);
  }

  private List<Map<String, Object>> files() throws IOException {
    List<Map<String, Object>> files = new ArrayList<>();
    for (Path file : paths()) {
      var one = new LinkedHashMap<String, Object>();
      one.put("name", file.getFileName().toString());
      one.put("bytes", Files.size(file));
      files.add(one);
    }
    return files;
  }

  /** The newest lines that the filter lets through, oldest first. */
  private byte[] find(AuditFilter filter) throws IOException {
    List<String> found = new ArrayList<>();
    long bytes = 0;
    for (Path file : paths().reversed()) {
      for (byte[] line : AuditFiles.lines(Files.readAllBytes(file)).reversed()) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (found.size() < filter.limit() && bytes < PAGE && filter.matches(text)) {
          found.add(text);
          bytes += line.length;
        }
      }
      if (found.size() >= filter.limit() || bytes >= PAGE) {
        break;
      }
    }
    String text = String.join("\n", found.reversed()) + "\n";
    return found.isEmpty() ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  private List<Path> paths() throws IOException {
    return log == null ? List.of() : log.files().list();
  }

  private static byte[] refused(String why) {
    return json(Map.of("refused", why));
  }

  private static byte[] json(Object answer) {
    return JsonMapper.shared().writeValueAsBytes(answer);
  }
}
