package rondo.s3.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the conditions of a statement. Pure. */
final class ConditionReader {
  private static final String IF_EXISTS = "IfExists";
  private static final String FOR_ALL = "ForAllValues:";
  private static final String FOR_ANY = "ForAnyValue:";

  private final boolean variables;
  private final boolean anyService;

  /**
   * @param variables whether the policy's version has variables
   * @param anyService whether condition keys of other services are allowed
   */
  ConditionReader(boolean variables, boolean anyService) {
    this.variables = variables;
    this.anyService = anyService;
  }

  /**
   * @throws PolicyException for unknown operators and keys, and values that can't be compared
   */
  List<PolicyCondition> read(JsonNode block) {
    var conditions = new ArrayList<PolicyCondition>();
    if (block.isMissingNode()) {
      return conditions;
    }
    if (!block.isObject()) {
      throw new PolicyException("Invalid policy syntax: Condition must be an object");
    }
    for (Map.Entry<String, JsonNode> operator : block.properties()) {
      if (!operator.getValue().isObject()) {
        throw new PolicyException("Invalid Condition: " + operator.getKey() + " must be an object");
      }
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        conditions.add(condition(operator.getKey(), key.getKey(), key.getValue()));
      }
    }
    return List.copyOf(conditions);
  }

  private PolicyCondition condition(String written, String key, JsonNode values) {
    PolicyCondition.Quantifier quantifier =
        written.startsWith(FOR_ALL)
            ? PolicyCondition.Quantifier.ALL
            : written.startsWith(FOR_ANY)
                ? PolicyCondition.Quantifier.ANY
                : PolicyCondition.Quantifier.NONE;
    String name = written.substring(written.indexOf(':') + 1);
    boolean ifExists = name.endsWith(IF_EXISTS);
    ConditionOperator operator =
        ConditionOperator.named(
            ifExists ? name.substring(0, name.length() - IF_EXISTS.length()) : name);
    boolean odd = written.contains(":") && quantifier == PolicyCondition.Quantifier.NONE;
    if (operator == null || odd || (ifExists && operator == ConditionOperator.NULL)) {
      throw new PolicyException("Invalid Condition type : " + written);
    }
    if (!anyService && !ConditionKeys.isKnown(key)) {
      throw new PolicyException("Policy has an invalid condition key: " + key);
    }
    return new PolicyCondition(operator, quantifier, ifExists, key, values(operator, key, values));
  }

  private List<Glob> values(ConditionOperator operator, String key, JsonNode node) {
    var values = new ArrayList<Glob>();
    for (JsonNode one : node.isArray() ? node : List.of(node)) {
      if (!one.isValueNode() || one.isNull()) {
        throw new PolicyException("Invalid Condition value for " + key);
      }
      String text = one.asString();
      Glob glob = Glob.of(text, variables);
      if (!operator.takes(text)) {
        throw new PolicyException("Invalid value " + text + " for " + operator.word());
      }
      values.add(glob);
    }
    if (values.isEmpty()) {
      throw new PolicyException("Condition " + key + " has no value");
    }
    return List.copyOf(values);
  }
}
