package rondo.compat.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
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

  static ParsedSource of(String file, String text) {
    var source =
        new SimpleJavaFileObject(URI.create("string:///" + file), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    try {
      var task =
          (JavacTask)
              COMPILER.getTask(null, FILES, null, List.of("-proc:none"), null, List.of(source));
      CompilationUnitTree unit = task.parse().iterator().next();
      var scan = new SourceScan(unit, Trees.instance(task).getSourcePositions());
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isPackageInfo() {
    return file.endsWith("package-info.java");
  }
}
