package rondo.s3.bucket;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyException;
import rondo.s3.policy.PolicyReader;

final class BucketPolicyRulesTest {
  private static final String OBJECTS = "arn:aws:s3:::mine/*";

  private static Policy policy(String action, String resource, String condition) {
    return PolicyReader.ofResource(id -> true)
        .read(
            """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
             "Action": "%s", "Resource": "%s", "Condition": %s}}
            """
                .formatted(action, resource, condition));
  }

  private static void check(String action, String resource, String condition) {
    new BucketPolicyRules("mine", false).check(policy(action, resource, condition));
  }

  @ParameterizedTest
  @CsvSource({
    "s3:GetObject,             arn:aws:s3:::mine/*",
    "s3:GetObject,             arn:aws:s3:::mine/a/b",
    "s3:getobject,             arn:aws:s3:::mine/*",
    "s3:Get*,                  arn:aws:s3:::mine/*",
    "s3:*,                     arn:aws:s3:::mine",
    "*,                        arn:aws:s3:::mine",
    "s3:ListBucket,            arn:aws:s3:::mine",
    "s3:ListBucket,            *",
    "s3:GetObject,             *",
    "s3:GetObject,             arn:aws:s3:::mine*",
    "s3:GetObject,             'arn:aws:s3:::mine/${aws:username}/*'",
    "s3:ReplicateObject,       arn:aws:s3:::mine/*",
    "s3:BypassGovernanceRetention, arn:aws:s3:::mine/*",
  })
  void actions_that_fit_their_resources_are_accepted(String action, String resource) {
    assertThatCode(() -> check(action, resource, "{}")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "s3:GetObjects,    arn:aws:s3:::mine/*,      Policy has invalid action",
    "s3:Forget*,       arn:aws:s3:::mine/*,      Policy has invalid action",
    "ec2:RunInstances, arn:aws:s3:::mine/*,      Policy has invalid action",
    "s3:GetObject,     arn:aws:s3:::other/*,     Policy has invalid resource",
    "s3:GetObject,     arn:aws:s3:::mine2/*,     Policy has invalid resource",
    "s3:GetObject,     mine/*,                   Policy has invalid resource",
    "s3:GetObject,     arn:aws:ec2:::mine/*,     Policy has invalid resource",
    "s3:GetObject,     arn:aws:s3:::mine,        Action does not apply",
    "s3:ListBucket,    arn:aws:s3:::mine/*,      Action does not apply",
  })
  void actions_and_resources_that_do_not_fit_are_refused_with_a_reason(
      String action, String resource, String reason) {
    assertThatThrownBy(() -> check(action, resource, "{}"))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void a_condition_key_must_apply_to_the_action() {
    assertThatThrownBy(
            () -> check("s3:GetObject", OBJECTS, "{\"StringEquals\": {\"s3:prefix\": \"a\"}}"))
        .hasMessageContaining("Conditions do not apply");
    assertThatThrownBy(() ->
            check(
                "s3:ListBucket",
                "arn:aws:s3:::mine",
                "{\"StringEquals\": {\"s3:ExistingObjectTag/a\": \"b\"}}"))
        .hasMessageContaining("Conditions do not apply");
    assertThatCode(() ->
            check(
                "s3:GetObject", OBJECTS, "{\"StringEquals\": {\"s3:ExistingObjectTag/a\": \"b\"}}"))
        .doesNotThrowAnyException();
  }

  @Test
  void older_tools_may_name_actions_that_do_not_apply_to_the_resource() {
    var compat = new BucketPolicyRules("mine", true);
    assertThatCode(() -> compat.check(policy("s3:PutObject", "arn:aws:s3:::mine", "{}")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> compat.check(policy("s3:PutObject", "arn:aws:s3:::other/*", "{}")))
        .hasMessageContaining("Policy has invalid resource");
  }
}
