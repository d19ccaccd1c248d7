package rondo.server.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images are the same bytes for the same files, and have what a runtime wants. */
final class ImageLayerTest {
  private static final long SECONDS = 1_700_000_000;

  @TempDir Path folder;

  private Path root(String name) throws IOException {
    Path root = Files.createDirectories(folder.resolve(name));
    for (String file :
        List.of(
            "lib/libc.so.6",
            "opt/java/bin/java",
            "opt/rondo/lib/netty-1.jar",
            "opt/rondo/lib/server-0.1.0.jar",
            "usr/local/bin/rondo",
            "opt/rondo/rondo.aot")) {
      BasePackages.write(root, file, "content of " + file);
    }
    BasePackages.write(root, "opt/" + "long/".repeat(30) + "file", "deep");
    Files.createDirectories(root.resolve("data"));
    Files.createDirectories(root.resolve("tmp"));
    Files.createSymbolicLink(root.resolve("sh"), Path.of("bin/bash"));
    return root;
  }

  private Path build(String name) throws IOException {
    Path to = folder.resolve(name + "-layout");
    var layout = new OciLayout(to, "0.1.0", SECONDS);
    var layers = new ArrayList<ImageLayer.Packed>();
    Path root = root(name);
    for (ImageLayer layer : ImageLayer.values()) {
      ImageLayer.Packed packed = layer.pack(root, layout.scratch(), SECONDS);
      layout.keep(packed);
      layers.add(packed);
    }
    layout.add(Architecture.AMD64, layers);
    layout.finish();
    return to;
  }

  private static JsonNode blob(Path layout, String digest) throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(layout.resolve("blobs").resolve(digest.replace(':', '/'))));
  }

  @Test
  void the_same_files_are_the_same_bytes() throws IOException {
    Path one = build("one");
    Path two = build("two");
    assertThat(Files.readString(one.resolve("index.json")))
        .isEqualTo(Files.readString(two.resolve("index.json")));
  }

  @Test
  void a_layout_has_what_a_runtime_wants() throws IOException {
    Path layout = build("one");
    JsonNode index = JsonMapper.shared().readTree(Files.readString(layout.resolve("index.json")));
    JsonNode described = index.path("manifests").get(0);
    assertThat(described.path("platform").path("architecture").asString()).isEqualTo("amd64");
    JsonNode manifest = blob(layout, described.path("digest").asString());
    assertThat(manifest.path("layers").size()).isEqualTo(ImageLayer.values().length);
    JsonNode config = blob(layout, manifest.path("config").path("digest").asString());
    assertThat(config.path("config").path("User").asString()).isEqualTo("10001:10001");
    assertThat(config.path("config").path("Labels").path("org.opencontainers.image.version"))
        .hasToString("\"0.1.0\"");
    assertThat(config.path("rootfs").path("diff_ids").size()).isEqualTo(ImageLayer.values().length);
  }

  @Test
  void tar_reads_what_is_packed() throws IOException, InterruptedException {
    Path root = root("one");
    Path packed = folder.resolve("base.tgz");
    ImageLayer.BASE.pack(root, packed, SECONDS);
    String listed =
        ToolRun.of(folder, List.of("tar", "--numeric-owner", "-tvzf", packed.toString()));
    assertThat(listed.lines().map(line -> line.replaceAll(" +", " ")))
        .anyMatch(line -> line.matches("drwxr-xr-x 10001/10001 0 .* data/"))
        .anyMatch(line -> line.matches("drwxrwxrwt 0/0 0 .* tmp/"))
        .anyMatch(line -> line.endsWith("sh -> bin/bash"))
        .anyMatch(line -> line.endsWith("opt/" + "long/".repeat(30) + "file"))
        .noneMatch(line -> line.endsWith("server-0.1.0.jar"));
  }

  @ParameterizedTest
  @CsvSource({
    "opt/java/lib/modules,JAVA",
    "opt/rondo/lib/netty-1.jar,LIBRARIES",
    "opt/rondo/lib/storage-node-0.1.0.jar,PROGRAM",
    "usr/local/bin/rondo,PROGRAM",
    "opt/rondo/rondo.aot,LEARNT",
    "lib/libc.so.6,BASE",
  })
  void each_file_has_a_layer(String path, ImageLayer layer) {
    assertThat(ImageLayer.of(path)).isEqualTo(layer);
  }

  @Test
  void jars_keep_the_code_of_their_processor_alone() throws IOException {
    Path jar = folder.resolve("a.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        var zip = new ZipOutputStream(out)) {
      for (String name :
          List.of(
              "A.class",
              "lib-linux64.so",
              "lib-linux-aarch64.so",
              "lib-linux64-musl.so",
              "lib.dll",
              "darwin/x86_64/lib.dylib")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(entries(jar, Architecture.AMD64)).containsExactly("A.class", "lib-linux64.so");
    assertThat(entries(jar, Architecture.ARM64)).containsExactly("A.class", "lib-linux-aarch64.so");
  }

  private List<String> entries(Path jar, Architecture architecture) throws IOException {
    Path to = folder.resolve(architecture.word());
    new ProgramJars(List.of(jar)).copy(to, architecture);
    try (var copy = new ZipFile(to.resolve("a.jar").toFile())) {
      return copy.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void a_tool_that_fails_is_a_sentence_with_what_it_printed() {
    assertThatThrownBy(() -> ToolRun.of(folder, List.of("sh", "-c", "echo no such luck; exit 3")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("failed with 3")
        .hasMessageContaining("no such luck");
    assertThatThrownBy(() -> ToolRun.of(folder, List.of("no-such-tool")))
        .hasMessageContaining("no-such-tool isn't there");
  }
}
