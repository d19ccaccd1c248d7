package rondo.compat.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One source file as the JDK's own compiler parses it, without looking at any other file.
 *
 * @param file its path, for messages
 * @param types the simple names of its top-level types
 * @param bodies its methods, constructors and initializers
 * @param signatures its constructors and records
 */
record ParsedSource(
    String file,
    String text,
    String packageName,
    List<String> types,
    List<Body> bodies,
    List<Signature> signatures) {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  /**
   * A method, constructor or initializer.
   *
   * @param name the type's and the method's, such as {@code Tally.add}
   * @param lines from the first line of the declaration to the closing brace
   */
  record Body(String name, int lines) {}

  /** The number of parameters of a constructor or a record. */
  record Signature(String name, int parameters) {}

  /** Parses one source. */
  static ParsedSource of(String file, String text) {
    return all(Map.of(file, text)).getFirst();
  }

  /** Parses sources, given by path, in one run of the compiler: one run each would take minutes. */
  static List<ParsedSource> all(Map<String, String> texts) {
    var sources = texts.entrySet().stream().map(e -> source(e.getKey(), e.getValue())).toList();
    try {
      var task =
          (JavacTask) COMPILER.getTask(null, FILES, null, List.of("-proc:none"), null, sources);
      var positions = Trees.instance(task).getSourcePositions();
      var parsed = new ArrayList<ParsedSource>();
      for (CompilationUnitTree unit : task.parse()) {
        String file = unit.getSourceFile().toUri().getPath().substring(1);
        parsed.add(of(unit, positions, file, Objects.requireNonNull(texts.get(file))));
      }
      return List.copyOf(parsed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaFileObject source(String file, String text) {
    var uri = URI.create("string:///" + file);
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private static ParsedSource of(
      CompilationUnitTree unit, SourcePositions positions, String file, String text) {
    var scan = new SourceScan(unit, positions);
    scan.scan(unit, null);
    return new ParsedSource(
        file,
        text,
        unit.getPackage() == null ? "" : unit.getPackage().getPackageName().toString(),
        unit.getTypeDecls().stream()
            .filter(ClassTree.class::isInstance)
            .map(type -> ((ClassTree) type).getSimpleName().toString())
            .toList(),
        List.copyOf(scan.bodies),
        List.copyOf(scan.signatures));
  }

  boolean isPackageInfo() {
    return file.endsWith("package-info.java");
  }
}
