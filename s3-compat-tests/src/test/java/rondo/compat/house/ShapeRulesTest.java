package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules on sizes and names find breaches in small sources made for the purpose. */
final class ShapeRulesTest {
  @Test
  void a_method_of_forty_lines_passes_and_one_more_is_told() {
    assertThat(ShapeRules.longBodies(method("void run() {", 40))).isEmpty();
    assertThat(ShapeRules.longBodies(method("void run() {", 41)))
        .containsExactly(
            "Some.java: Some.run has 41 lines, at most 40 are allowed: give a part of it a name of"
                + " its own");
  }

  @Test
  void constructors_initializers_and_lambdas_are_code_too() {
    assertThat(ShapeRules.longBodies(method("Some() {", 41)).getFirst())
        .contains("constructor Some has 41");
    assertThat(ShapeRules.longBodies(method("static {", 41)).getFirst())
        .contains("an initializer of Some has 41");
  }

  @Test
  void a_lambda_is_counted_with_the_method_that_it_is_in_and_alone_in_a_field() {
    String statements = "    next();\n".repeat(45);
    assertThat(ShapeRules.longBodies(type("Runnable field = () -> {\n" + statements + "};")))
        .hasSize(1)
        .first()
        .asString()
        .contains("a lambda of Some has 47");
    assertThat(ShapeRules.longBodies(type("void run() {\n go(() -> {\n" + statements + "});\n}")))
        .hasSize(1)
        .first()
        .asString()
        .contains("Some.run has 49");
  }

  @Test
  void nested_types_are_measured() {
    String nested = "static class Inner {\n void run() {\n" + "    next();\n".repeat(45) + "}\n}";
    assertThat(ShapeRules.longBodies(type(nested)).getFirst()).contains("Inner.run has 47");
  }

  @Test
  void nine_parameters_are_too_many_for_a_constructor_and_for_a_record() {
    assertThat(ShapeRules.wideSignatures(type("Some(" + parameters(8) + ") {}"))).isEmpty();
    assertThat(ShapeRules.wideSignatures(type("Some(" + parameters(9) + ") {}")))
        .containsExactly(
            "Some.java: constructor Some takes 9 parameters, at most 8 are allowed: make a record"
                + " of those that belong together");
    assertThat(ShapeRules.wideSignatures(record(8))).isEmpty();
    assertThat(ShapeRules.wideSignatures(record(9)).getFirst()).contains("record Wide takes 9");
  }

  @Test
  void twenty_types_fill_a_package() {
    assertThat(ShapeRules.crowdedPackages(types(20))).isEmpty();
    assertThat(ShapeRules.crowdedPackages(types(21)))
        .containsExactly(
            "rondo.some has 21 types, at most 20 are allowed: split it by what its types are"
                + " about");
  }

  @Test
  void a_name_is_given_once_in_the_house() {
    ParsedSource one = ParsedSource.of("A.java", "package rondo.one; class Move { class Part {} }");
    ParsedSource two = ParsedSource.of("B.java", "package rondo.two; record Move(int part) {}");
    ParsedSource three = ParsedSource.of("C.java", "package rondo.three; enum Part {}");
    assertThat(ShapeRules.repeatedNames(List.of(one, three))).isEmpty();
    assertThat(ShapeRules.repeatedNames(List.of(one, two)))
        .containsExactly(
            "Move is the name of a type in rondo.one and in rondo.two: rename all but one of them");
  }

  private static List<ParsedSource> method(String head, int lines) {
    return type(head + "\n" + "    next();\n".repeat(lines - 2) + "  }");
  }

  private static List<ParsedSource> type(String members) {
    return List.of(
        ParsedSource.of("Some.java", "package rondo.some;\nclass Some {\n  " + members + "\n}\n"));
  }

  private static List<ParsedSource> record(int components) {
    String text = "record Wide(" + parameters(components) + ") { static int none; Wide { } }";
    return List.of(ParsedSource.of("Wide.java", text));
  }

  private static String parameters(int n) {
    return IntStream.range(0, n).mapToObj(i -> "int p" + i).collect(Collectors.joining(", "));
  }

  private static List<ParsedSource> types(int n) {
    return IntStream.range(0, n)
        .mapToObj(
            i -> ParsedSource.of("T" + i + ".java", "package rondo.some; class T" + i + " {}"))
        .toList();
  }
}
