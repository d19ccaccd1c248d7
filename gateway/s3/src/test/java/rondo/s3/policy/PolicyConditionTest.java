package rondo.s3.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyConditionTest {
  /**
   * The columns: the condition's operator; its values; the request's values of the key, empty for
   * none; whether the condition holds.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StringEquals               | a           |  a      | true",
        "StringEquals               | a,b         |  b      | true",
        "StringEquals               | a           |  A      | false",
        "StringEquals               | a*          |  ab     | false",
        "StringEquals               | a           |         | false",
        "StringEqualsIfExists       | a           |         | true",
        "StringEqualsIfExists       | a           |  b      | false",
        "StringNotEquals            | a,b         |  c      | true",
        "StringNotEquals            | a,b         |  b      | false",
        "StringNotEquals            | a           |         | true",
        "StringEqualsIgnoreCase     | a           |  A      | true",
        "StringNotEqualsIgnoreCase  | a           |  A      | false",
        "StringLike                 | a*          |  ab     | true",
        "StringLike                 | a?          |  abc    | false",
        "StringNotLike              | a*          |  ab     | false",
        "StringNotLike              | a*          |  b      | true",
        "NumericEquals              | 10          |  10.0   | true",
        "NumericNotEquals           | 10          |  10     | false",
        "NumericNotEquals           | 10          |  ten    | true",
        "NumericLessThan            | 10          |  9      | true",
        "NumericLessThan            | 10          |  10     | false",
        "NumericLessThanEquals      | 10          |  10     | true",
        "NumericGreaterThan         | 10          |  11     | true",
        "NumericGreaterThan         | 10          |  eleven | false",
        "NumericGreaterThanEquals   | 10          |  10     | true",
        "NumericGreaterThan         | 10          |         | false",
        "DateEquals                 | 2026-01-01T00:00:00Z | 1767225600           | true",
        "DateNotEquals              | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z | true",
        "DateLessThan               | 2026-01-01T00:00:00Z | 2025-12-31T23:59:59Z | true",
        "DateLessThanEquals         | 2026-01-01           | 2026-01-01T00:00:00Z | true",
        "DateGreaterThan            | 2026-01-01T00:00:00Z | 2026-01-01T00:00:00Z | false",
        "DateGreaterThanEquals      | 1767225600           | 2026-01-01T01:00:00+01:00 | true",
        "DateGreaterThan            | 2026-01-01T00:00:00Z | yesterday            | false",
        "Bool                       | true        |  true   | true",
        "Bool                       | true        |  false  | false",
        "Bool                       | false       |         | false",
        "BoolIfExists               | false       |         | true",
        "BinaryEquals               | QmluYXJ5    |  QmluYXJ5 | true",
        "BinaryEquals               | QmluYXJ5    |  qmluYXJ5 | false",
        "IpAddress                  | 10.0.0.0/8  |  10.1.2.3 | true",
        "IpAddress                  | 10.0.0.0/8  |  11.1.2.3 | false",
        "IpAddress                  | 10.1.2.3    |  10.1.2.3 | true",
        "IpAddress                  | 10.1.2.3/31 |  10.1.2.2 | true",
        "IpAddress                  | 2001:db8::/32 | 2001:db8:7::1 | true",
        "IpAddress                  | 2001:db8::/32 | 10.1.2.3      | false",
        "IpAddress                  | 10.0.0.0/8  |  example  | false",
        "IpAddress                  | 10.0.0.0/8  |           | false",
        "NotIpAddress               | 10.0.0.0/8  |  11.1.2.3 | true",
        "NotIpAddress               | 10.0.0.0/8,11.0.0.0/8 | 11.1.2.3 | false",
        "ArnEquals                  | arn:aws:s3:::b   | arn:aws:s3:::b      | true",
        "ArnLike                    | arn:aws:*:::b*   | arn:aws:s3:::bucket | true",
        "ArnLike                    | arn:aws:*:b      | arn:aws:s3:::b      | false",
        "ArnNotEquals               | arn:aws:s3:::b   | arn:aws:s3:::c      | true",
        "ArnNotLike                 | arn:aws:s3:::*   | arn:aws:s3:::c      | false",
        "Null                       | true        |         | true",
        "Null                       | true        |  a      | false",
        "Null                       | false       |  a      | true",
        "Null                       | false       |         | false",
        "ForAllValues:StringEquals  | a,b         |  a,b    | true",
        "ForAllValues:StringEquals  | a,b         |  a,c    | false",
        "ForAllValues:StringEquals  | a,b         |         | true",
        "ForAnyValue:StringEquals   | a,b         |  c,a    | true",
        "ForAnyValue:StringEquals   | a,b         |  c,d    | false",
        "ForAnyValue:StringEquals   | a,b         |         | false",
        "ForAllValues:StringNotEquals | a,b       |  c,d    | true",
        "ForAllValues:StringNotEquals | a,b       |  c,a    | false",
        "ForAnyValue:StringNotEquals  | a,b       |  c,a    | true",
        "ForAnyValue:StringNotEquals  | a,b       |  b,a    | false",
        "ForAnyValue:StringLikeIfExists | a*      |         | true",
      })
  void an_operator_compares_a_requests_values_with_a_conditions(
      String operator, String values, @Nullable String given, boolean holds) {
    String key = operator.startsWith("ForA") ? "s3:RequestObjectTagKeys" : "aws:Referer";
    String wanted =
        String.join(
            ",", Stream.of(values.split(",", -1)).map(v -> "\"" + v.strip() + "\"").toList());
    Policy policy =
        PolicyReader.ofResource(id -> true)
            .read(
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                 "Action": "*", "Resource": "*", "Condition": {"%s": {"%s": [%s]}}}]}
                """
                    .formatted(operator, key, wanted));
    var known = given == null ? Map.<String, List<String>>of() : Map.of(key, split(given));
    PolicyQuestion question =
        new PolicyQuestion(
            new Requester.Anonymous(), "s3:GetObject", "x", k -> known.getOrDefault(k, List.of()));
    assertThat(policy.allowing(question) != null).isEqualTo(holds);
  }

  private static List<String> split(String given) {
    return List.of(given.split(",", -1));
  }
}
