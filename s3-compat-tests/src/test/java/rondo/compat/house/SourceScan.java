package rondo.compat.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Collects the bodies and signatures of one source file, also of nested and anonymous types. */
final class SourceScan extends TreeScanner<@Nullable Void, @Nullable Void> {
  final List<ParsedSource.Body> bodies = new ArrayList<>();
  final List<ParsedSource.Signature> signatures = new ArrayList<>();
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private String type = "";

  /** Whether the scan is inside a body: a lambda or block there is a part of it. */
  private boolean inside;

  SourceScan(CompilationUnitTree unit, SourcePositions positions) {
    this.unit = unit;
    this.positions = positions;
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
    String outer = type;
    type = tree.getSimpleName().isEmpty() ? outer : tree.getSimpleName().toString();
    if (tree.getKind() == Tree.Kind.RECORD && !isDocument(tree)) {
      int components = (int) tree.getMembers().stream().filter(SourceScan::isComponent).count();
      signatures.add(new ParsedSource.Signature("record " + type, components));
    }
    super.visitClass(tree, null);
    type = outer;
    return null;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
    boolean constructs = tree.getName().contentEquals("<init>");
    if (constructs) {
      var signature =
          new ParsedSource.Signature("constructor " + type, tree.getParameters().size());
      signatures.add(signature);
    }
    return body(
        constructs ? "constructor " + type : type + "." + tree.getName(),
        tree,
        () -> super.visitMethod(tree, null));
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void none) {
    return inside
        ? super.visitLambdaExpression(tree, null)
        : body("a lambda of " + type, tree, () -> super.visitLambdaExpression(tree, null));
  }

  @Override
  public @Nullable Void visitBlock(BlockTree tree, @Nullable Void none) {
    return inside
        ? super.visitBlock(tree, null)
        : body("an initializer of " + type, tree, () -> super.visitBlock(tree, null));
  }

  private @Nullable Void body(String name, Tree tree, Runnable within) {
    boolean outer = inside;
    inside = true;
    within.run();
    inside = outer;
    var lines = unit.getLineMap();
    long first = lines.getLineNumber(positions.getStartPosition(unit, tree));
    long last = lines.getLineNumber(positions.getEndPosition(unit, tree));
    bodies.add(new ParsedSource.Body(name, (int) (last - first + 1)));
    return null;
  }

  /** Whether S3, and not this project, chose the record's components. */
  private static boolean isDocument(ClassTree tree) {
    return tree.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("S3Document"));
  }

  /**
   * The compiler keeps a record's components as its non-static fields, of which it has no others.
   */
  private static boolean isComponent(Tree member) {
    return member instanceof VariableTree field
        && !field.getModifiers().getFlags().contains(Modifier.STATIC);
  }
}
