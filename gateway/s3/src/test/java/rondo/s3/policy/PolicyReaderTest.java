package rondo.s3.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyReaderTest {
  private static final PolicyReader READER = PolicyReader.ofResource(id -> id.equals("ann"));
  private static final String REST = "\"Action\": \"s3:GetObject\", \"Resource\": \"r\"";
  private static final Requester ANN = new Requester.Signed("ann", "Ann", "KEY", false);
  private static final Requester NOBODY = new Requester.Anonymous();

  /** Reads a document of JSON with apostrophes for quotes. */
  private static Policy read(String document) {
    return READER.read(document.replace('\'', '"'));
  }

  private static Policy statement(String fields) {
    return read("{'Version': '2012-10-17', 'Statement': [{" + fields + "}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                        | valid JSON",
        "[]                                        | valid JSON",
        "{                                         | invalid Json",
        "{} {}                                     | invalid Json",
        "{\"Statement\": [], \"Statement\": []}    | invalid Json",
        "{}                                        | Missing required field Statement",
        "{\"Statement\": []}                       | Missing required field Statement",
        "{\"Statement\": [3]}                      | must be an object",
        "{\"Version\": \"2020-01-01\", \"Statement\": []} | valid version string",
        "{\"Id\": 3, \"Statement\": []}            | Id must be text",
        "{\"Statment\": []}                        | Unknown field Statment",
      })
  void a_document_that_is_no_policy_is_refused_with_a_reason(String document, String reason) {
    assertThatThrownBy(() -> READER.read(document))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Principal': '*', 'Action': 'a', 'Resource': 'r' | Missing required field Effect",
        "'Effect': 'allow', 'Principal': '*'              | Invalid effect: allow",
        "'Effect': 'Allow', 'Action': 'a', 'Resource': 'r' | Missing required field Principal",
        "'Effect': 'Allow', 'Principal': 'ann'             | Invalid principal",
        "'Effect': 'Allow', 'Principal': {'AWS': 'bob'}    | Invalid principal",
        "'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::bob:root'} | Invalid principal",
        "'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::ann:*'}    | Invalid principal",
        "'Effect': 'Allow', 'Principal': {'AWS': []}       | Invalid principal",
        "'Effect': 'Allow', 'Principal': {'Robot': 'ann'}  | Invalid principal",
        "'Effect': 'Allow', 'Principal': {'Service': 'x'}  | Invalid principal",
        "'Effect': 'Allow', 'NotPrincipal': '*'            | Allow with NotPrincipal",
        "'Effect': 'Allow', 'Principal': '*'               | Missing required field Action",
        "'Effect': 'Allow', 'Principal': '*', 'Action': [] | Action cannot be empty",
        "'Effect': 'Allow', 'Principal': '*', 'Action': 3  | Policy has invalid action",
        "'Effect': 'Allow', 'Principal': '*', 'Action': 'a', 'NotAction': 'a' | has both Action",
        "'Effect': 'Allow', 'Principal': '*', 'Action': 'a' | Missing required field Resource",
        "'Effect': 'Allow', 'Principal': '*', 'Action': 'a', 'Resource': {} | invalid resource",
        "'Effect': 'Allow', 'Principal': '*', 'Bogus': 3    | Unknown field Bogus",
        "'Effect': 'Allow', 'Principal': '*', 'Sid': 3      | Sid must be text",
      })
  void a_malformed_statement_is_refused_with_a_reason(String fields, String reason) {
    assertThatThrownBy(() -> statement(fields))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3                                                   | must be an object",
        "{'StringSimilar': {'aws:Referer': 'a'}}             | Invalid Condition type : StringSim",
        "{'NullIfExists': {'aws:Referer': 'true'}}           | Invalid Condition type",
        "{'ForSomeValues:StringEquals': {'aws:Referer': 'a'}} | Invalid Condition type",
        "{'StringEquals': 'a'}                               | must be an object",
        "{'StringEquals': {'s3:colour': 'a'}}                | invalid condition key",
        "{'StringEquals': {'aws:Referer': []}}               | has no value",
        "{'StringEquals': {'aws:Referer': {}}}               | Invalid Condition value",
        "{'NumericEquals': {'s3:max-keys': 'ten'}}           | Invalid value ten",
        "{'DateLessThan': {'aws:CurrentTime': 'soon'}}       | Invalid value soon",
        "{'IpAddress': {'aws:SourceIp': '10.0.0.0/33'}}      | Invalid value 10.0.0.0/33",
        "{'IpAddress': {'aws:SourceIp': 'localhost'}}        | Invalid value localhost",
        "{'Bool': {'aws:SecureTransport': 'yes'}}            | Invalid value yes",
        "{'Null': {'aws:Referer': 'maybe'}}                  | Invalid value maybe",
      })
  void a_malformed_condition_is_refused_with_a_reason(String condition, String reason) {
    String fields = "'Effect': 'Deny', 'Principal': '*', " + REST + ", 'Condition': " + condition;
    assertThatThrownBy(() -> statement(fields))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'*'                                     | true  | true",
        "{'AWS': '*'}                            | true  | true",
        "{'AWS': 'ann'}                          | true  | false",
        "{'AWS': ['ann']}                        | true  | false",
        "{'AWS': 'arn:aws:iam::ann:root'}        | true  | false",
        "{'AWS': 'arn:aws:iam::ann:user/Ann'}    | true  | false",
        "{'AWS': 'arn:aws:iam::ann:user/p/q/Ann'} | true | false",
        "{'AWS': 'arn:aws:iam::ann:user/KEY'}    | true  | false",
        "{'AWS': 'arn:aws:iam::ann:user/Bob'}    | false | false",
        "{'AWS': 'arn:aws:iam:::user/ann'}       | true  | false",
        "{'AWS': 'arn:aws:iam::ann:role/Ann'}    | false | false",
        "{'CanonicalUser': 'ann'}                | true  | false",
        "{'Service': 'logging.s3.amazonaws.com'} | false | false",
        "{'Federated': 'accounts.google.com'}    | false | false",
        "{'Service': 'logging.s3.amazonaws.com', 'AWS': 'ann'} | true | false",
      })
  void a_principal_covers_the_requesters_that_it_names(
      String principal, boolean ann, boolean nobody) {
    Policy policy = statement("'Effect': 'Allow', 'Principal': " + principal + ", " + REST);
    assertThat(policy.allowing(question(ANN)) != null).isEqualTo(ann);
    assertThat(policy.allowing(question(NOBODY)) != null).isEqualTo(nobody);
  }

  @Test
  void not_principal_covers_all_requesters_but_the_named_ones() {
    Policy policy = statement("'Effect': 'Deny', 'NotPrincipal': {'AWS': 'ann'}, " + REST);
    assertThat(policy.denying(question(ANN))).isNull();
    assertThat(policy.denying(question(NOBODY))).isNotNull();
  }

  @Test
  void not_action_and_not_resource_apply_to_all_but_the_named_ones() {
    Policy policy =
        statement(
            "'Sid': 'rest', 'Effect': 'Deny', 'Principal': '*', 'NotAction': 's3:Put*',"
                + " 'NotResource': 'q'");
    PolicyStatement denying = policy.denying(question(NOBODY));
    assertThat(denying).isNotNull().extracting(PolicyStatement::name).isEqualTo("rest");
    var put = new PolicyQuestion(NOBODY, "s3:PutObject", "r", key -> List.of());
    assertThat(policy.denying(put)).isNull();
  }

  @Test
  void names_of_actions_are_compared_in_any_case() {
    Policy policy =
        statement("'Effect': 'Allow', 'Principal': '*', 'Action': 'S3:getO*', 'Resource': 'r'");
    assertThat(policy.allowing(question(NOBODY))).isNotNull();
  }

  @Test
  void twenty_kibibytes_are_the_most() {
    String sid = "x".repeat(PolicyReader.MOST_BYTES);
    assertThatThrownBy(() -> statement("'Sid': '" + sid + "'"))
        .hasMessageContaining("maximum allowed document size");
  }

  @Test
  void older_tools_may_leave_resources_out_and_mean_none() {
    String document =
        "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\"}}";
    assertThatThrownBy(() -> READER.read(document)).hasMessageContaining("field Resource");
    Policy policy = PolicyReader.ofOlderTools().read(document);
    assertThat(policy.allowing(question(ANN))).isNull();
  }

  @Test
  void a_users_policy_must_not_name_a_principal() {
    String document =
        "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", " + REST + "}}";
    assertThatThrownBy(() -> PolicyReader.ofIdentity().read(document))
        .hasMessageContaining("should not specify a principal");
  }

  private static PolicyQuestion question(Requester requester) {
    return new PolicyQuestion(requester, "s3:GetObject", "r", key -> List.of());
  }
}
