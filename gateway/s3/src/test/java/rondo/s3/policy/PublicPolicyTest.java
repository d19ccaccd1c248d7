package rondo.s3.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublicPolicyTest {
  private static boolean isPublic(String effect, String principal, String condition) {
    String document =
        """
        {"Version": "2012-10-17", "Statement": {"Effect": "%s", "Principal": %s,
         "Action": "s3:GetObject", "Resource": "r", "Condition": %s}}
        """
            .formatted(effect, principal, condition);
    return PublicPolicy.isPublic(PolicyReader.ofResource(id -> true).read(document));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                         | true",
        "{\"StringEquals\": {\"aws:PrincipalAccount\": \"ann\"}}    | false",
        "{\"StringLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::ann:user/*\"}} | true",
        "{\"StringEquals\": {\"aws:PrincipalAccount\": \"${aws:Referer}\"}} | true",
        "{\"StringEquals\": {\"aws:userid\": \"AIDA\"}}           | false",
        "{\"StringEquals\": {\"aws:userid\": \"anonymous\"}}      | true",
        "{\"StringEquals\": {\"AWS:UserID\": [\"AIDA\", \"anonymous\"]}} | true",
        "{\"StringLike\": {\"aws:userid\": \"anonymous\"}}        | true",
        "{\"StringLike\": {\"aws:userid\": \"anon*\"}}            | true",
        "{\"StringEqualsIgnoreCase\": {\"aws:userid\": \"Anonymous\"}} | true",
        "{\"ForAnyValue:StringEquals\": {\"aws:userid\": \"anonymous\"}} | true",
        "{\"StringNotEquals\": {\"aws:PrincipalAccount\": \"ann\"}} | true",
        "{\"StringEqualsIfExists\": {\"aws:PrincipalAccount\": \"ann\"}} | true",
        "{\"StringEquals\": {\"aws:Referer\": \"example.com\"}}     | true",
        "{\"IpAddress\": {\"aws:SourceIp\": \"198.51.100.0/24\"}}   | false",
        "{\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}        | false",
        "{\"IpAddress\": {\"aws:SourceIp\": \"0.0.0.0/0\"}}         | true",
        "{\"IpAddress\": {\"aws:SourceIp\": [\"10.0.0.0/8\", \"0.0.0.0/1\"]}} | true",
        "{\"IpAddress\": {\"aws:SourceIp\": \"2000::/3\"}}          | true",
        "{\"NotIpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}     | true",
      })
  void everyone_is_public_unless_a_condition_names_particular_principals(
      String condition, boolean expected) {
    assertThat(isPublic("Allow", "\"*\"", condition)).isEqualTo(expected);
  }

  @Test
  void named_principals_and_denials_are_not_public() {
    assertThat(isPublic("Allow", "{\"AWS\": [\"ann\", \"bob\"]}", "{}")).isFalse();
    assertThat(isPublic("Allow", "{\"AWS\": [\"ann\", \"*\"]}", "{}")).isTrue();
    assertThat(isPublic("Deny", "\"*\"", "{}")).isFalse();
  }
}
