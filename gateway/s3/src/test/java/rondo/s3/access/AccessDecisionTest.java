package rondo.s3.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyQuestion;
import rondo.s3.policy.PolicyReader;
import rondo.s3.policy.Requester;

final class AccessDecisionTest {
  private static final Map<String, String> PRINCIPALS =
      Map.of(
          "all", "\"*\"",
          "ann", "{\"AWS\": \"ann\"}",
          "bob", "{\"AWS\": \"bob\"}",
          "user", "{\"AWS\": \"arn:aws:iam::ann:user/Ann\"}",
          "log", "{\"Service\": \"logging.s3.amazonaws.com\"}");

  /** Reads words like {@code allow:ann deny:all}, each a statement. */
  private static @Nullable Policy bucketPolicy(@Nullable String words) {
    if (words == null) {
      return null;
    }
    var statements = new StringBuilder();
    for (String word : words.split(" +", -1)) {
      String[] parts = word.split(":", -1);
      statements
          .append(statements.isEmpty() ? "" : ",")
          .append(
              """
              {"Sid": "%s", "Effect": "%s", "Principal": %s, "Action": "s3:*", "Resource": "*"}
              """
                  .formatted(word, effect(parts[0]), PRINCIPALS.get(parts[1])));
    }
    return PolicyReader.ofResource(id -> true).read("{\"Statement\": [" + statements + "]}");
  }

  private static @Nullable Policy userPolicy(@Nullable String word) {
    if (word == null) {
      return null;
    }
    String action = word.equals("none") ? "s3:GetBucketCORS" : "s3:*";
    return PolicyReader.ofIdentity()
        .read(
            """
            {"Statement": {"Sid": "u", "Effect": "%s", "Action": "%s", "Resource": "*"}}
            """
                .formatted(effect(word), action));
  }

  private static String effect(String word) {
    return word.equals("deny") ? "Deny" : "Allow";
  }

  private static AccessCase facts(
      String who,
      String action,
      @Nullable String bucketPolicy,
      @Nullable String userPolicy,
      boolean allowedByAcl,
      boolean policyApplies,
      boolean restricted) {
    Requester requester =
        switch (who) {
          case "nobody" -> new Requester.Anonymous();
          case "log" -> new Requester.Service("logging.s3.amazonaws.com");
          default -> new Requester.Signed(who, "Ann", who + "-key", userPolicy != null);
        };
    boolean owner = who.equals("ann");
    return new AccessCase(
        new PolicyQuestion(requester, action, "arn:aws:s3:::b/k", key -> List.of()),
        owner,
        owner && policyApplies,
        allowedByAcl,
        bucketPolicy(bucketPolicy),
        policyApplies,
        restricted,
        userPolicy(userPolicy));
  }

  /** The bucket belongs to Ann. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // who | bucket policy       | user   | ACL   | allowed | by
        "ann    |                     |        | true  | true  | OWNERSHIP",
        "ann    |                     |        | false | false | NOTHING",
        "ann    | allow:ann           |        | false | true  | BUCKET_POLICY",
        "ann    | deny:all            |        | true  | false | BUCKET_POLICY",
        "ann    | deny:bob            |        | true  | true  | OWNERSHIP",
        "ann    | allow:ann deny:ann  |        | true  | false | BUCKET_POLICY",
        "bob    |                     |        | false | false | NOTHING",
        "bob    |                     |        | true  | true  | ACL",
        "bob    | allow:bob           |        | false | true  | BUCKET_POLICY",
        "bob    | allow:all           |        | false | true  | BUCKET_POLICY",
        "bob    | allow:ann           |        | false | false | NOTHING",
        "bob    | allow:bob deny:all  |        | true  | false | BUCKET_POLICY",
        "bob    | deny:bob            |        | true  | false | BUCKET_POLICY",
        "nobody |                     |        | false | false | NOTHING",
        "nobody |                     |        | true  | true  | ACL",
        "nobody | allow:all           |        | false | true  | BUCKET_POLICY",
        "nobody | allow:bob           |        | false | false | NOTHING",
        "nobody | deny:all            |        | true  | false | BUCKET_POLICY",
        "ann    |                     | allow  | true  | true  | USER_POLICY",
        "ann    |                     | none   | true  | false | USER_POLICY_SILENT",
        "ann    |                     | deny   | true  | false | USER_POLICY",
        "ann    | allow:all           | none   | true  | true  | BUCKET_POLICY",
        "ann    | allow:user          | none   | true  | true  | BUCKET_POLICY",
        "ann    | allow:ann           | none   | true  | false | USER_POLICY_SILENT",
        "ann    | allow:all           | deny   | true  | false | USER_POLICY",
        "ann    | deny:user           | allow  | true  | false | BUCKET_POLICY",
        "ann    | deny:ann            | allow  | true  | false | BUCKET_POLICY",
        "bob    |                     | allow  | false | false | NOTHING",
        "bob    |                     | allow  | true  | true  | ACL",
        "bob    | allow:bob           | allow  | false | true  | BUCKET_POLICY",
        "bob    | allow:bob           | none   | false | false | USER_POLICY_SILENT",
        "bob    | allow:all           | none   | true  | false | USER_POLICY_SILENT",
        "bob    | allow:bob           | deny   | true  | false | USER_POLICY",
        "bob    | deny:bob            | allow  | true  | false | BUCKET_POLICY",
        "log    |                     |        | false | false | NOTHING",
        "log    | allow:log           |        | false | true  | BUCKET_POLICY",
        "log    | allow:all           |        | false | false | NOTHING",
        "log    | allow:log deny:log  |        | false | false | BUCKET_POLICY",
      })
  void a_deny_beats_an_allow_and_a_user_of_another_account_needs_both_policies(
      String who,
      @Nullable String bucketPolicy,
      @Nullable String userPolicy,
      boolean allowedByAcl,
      boolean allowed,
      AccessDecision.Source by) {
    AccessDecision decision =
        AccessDecision.of(
            facts(who, "s3:GetObject", bucketPolicy, userPolicy, allowedByAcl, true, false));
    assertThat(decision.allowed()).isEqualTo(allowed);
    assertThat(decision.source()).isEqualTo(by);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann    | s3:GetBucketPolicy    |       | true",
        "ann    | s3:PutBucketPolicy    |       | true",
        "ann    | s3:DeleteBucketPolicy |       | true",
        "ann    | s3:PutBucketAcl       |       | false",
        "ann    | s3:DeleteBucketPolicy | allow | false",
        "bob    | s3:DeleteBucketPolicy |       | false",
        "nobody | s3:DeleteBucketPolicy |       | false",
      })
  void an_account_may_always_change_the_policy_of_its_own_bucket(
      String who, String action, @Nullable String userPolicy, boolean allowed) {
    AccessDecision decision =
        AccessDecision.of(facts(who, action, "deny:all", userPolicy, true, true, false));
    assertThat(decision.allowed()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bob    | allow:all | false | false | RESTRICTED",
        "nobody | allow:all | false | false | RESTRICTED",
        "bob    | allow:all | true  | true  | ACL",
        "ann    | allow:all | false | true  | BUCKET_POLICY",
        "log    | allow:log | false | true  | BUCKET_POLICY",
        "bob    | deny:all  | true  | false | BUCKET_POLICY",
      })
  void a_restricted_bucket_applies_a_public_policy_to_its_owners_account_only(
      String who, String policy, boolean allowedByAcl, boolean allowed, AccessDecision.Source by) {
    AccessDecision decision =
        AccessDecision.of(facts(who, "s3:GetObject", policy, null, allowedByAcl, true, true));
    assertThat(decision.allowed()).isEqualTo(allowed);
    assertThat(decision.source()).isEqualTo(by);
  }

  @Test
  void a_bucket_policy_can_deny_but_not_allow_access_to_another_accounts_object() {
    assertThat(decided("allow:all").allowed()).isFalse();
    assertThat(decided("deny:all").source()).isEqualTo(AccessDecision.Source.BUCKET_POLICY);
  }

  private static AccessDecision decided(String policy) {
    return AccessDecision.of(facts("bob", "s3:GetObject", policy, null, false, false, false));
  }

  @Test
  void the_deciding_statement_is_named() {
    AccessCase facts = facts("bob", "s3:GetObject", "allow:bob deny:all", null, true, true, false);
    assertThat(AccessDecision.of(facts).statement()).isEqualTo("deny:all");
  }
}
