package rondo.s3.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.rows.Lifecycle;
import rondo.metadata.rows.LifecycleRule;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.Xml;

final class LifecycleReaderTest {
  private static final String FILTER = "<Filter><Prefix>p</Prefix></Filter>";
  private static final String DAYS = "<Expiration><Days>9</Days></Expiration>";

  static Lifecycle read(boolean compat, String rules) {
    String text = "<LifecycleConfiguration>" + rules + "</LifecycleConfiguration>";
    return new LifecycleReader(compat).read(Xml.tree(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The element of an enabled rule with these parts: a filter and actions. */
  static String rule(String... parts) {
    return "<Rule><Status>Enabled</Status>" + String.join("", parts) + "</Rule>";
  }

  private static void refuses(String code, String rules) {
    assertThatThrownBy(() -> read(false, rules))
        .as(rules)
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error().code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Rule><ID>a</ID><Prefix>p/</Prefix><Status>Disabled</Status><Expiration><Days>1</Days>"
            + "</Expiration></Rule>",
        "<Rule><ID>a</ID><Filter/><Status>Enabled</Status><Expiration>"
            + "<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>",
        "<Rule><ID>a</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status>"
            + "<Transition><Days>0</Days><StorageClass>GLACIER_IR</StorageClass></Transition>"
            + "</Rule>",
        "<Rule><ID>a</ID><Filter><Tag><Key>k</Key><Value></Value></Tag></Filter>"
            + "<Status>Enabled</Status><Expiration><Date>2030-01-01T00:00:00.000Z</Date>"
            + "</Expiration></Rule>",
        "<Rule><ID>a</ID><Filter><And><Prefix>p</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>"
            + "<ObjectSizeGreaterThan>0</ObjectSizeGreaterThan>"
            + "<ObjectSizeLessThan>9</ObjectSizeLessThan></And></Filter><Status>Enabled</Status>"
            + "<NoncurrentVersionTransition><NoncurrentDays>30</NoncurrentDays>"
            + "<NewerNoncurrentVersions>2</NewerNoncurrentVersions>"
            + "<StorageClass>STANDARD_IA</StorageClass></NoncurrentVersionTransition>"
            + "<NoncurrentVersionExpiration><NoncurrentDays>31</NoncurrentDays>"
            + "<NewerNoncurrentVersions>100</NewerNoncurrentVersions>"
            + "</NoncurrentVersionExpiration></Rule>",
        "<Rule><ID>a</ID><Filter><Prefix>p</Prefix></Filter><Status>Enabled</Status>"
            + "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation>"
            + "</AbortIncompleteMultipartUpload></Rule>"
      })
  void a_configuration_is_read_as_it_was_put(String rules) {
    String text =
        new String(
            Xml.write(LifecycleConfiguration.of(read(false, rules))), StandardCharsets.UTF_8);
    assertThat(text.replace("<Filter></Filter>", "<Filter/>")).contains(">" + rules);
  }

  @Test
  void a_rule_without_a_name_gets_one_of_its_own() {
    Lifecycle read = read(false, rule(FILTER, DAYS) + rule("<ID></ID>", FILTER, DAYS));
    assertThat(read.getRulesList()).extracting(LifecycleRule::getId).doesNotHaveDuplicates();
    assertThat(read.getRules(0).getId()).hasSize(48);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "<Other/>",
        "<Rule/>",
        "<Rule><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule>",
        "<Rule><Status>enabled</Status><Prefix/><Expiration><Days>1</Days></Expiration></Rule>",
        "<Rule><Prefix/><Expiration><Days>1</Days></Expiration></Rule>",
      })
  void a_malformed_rule_is_refused(String rules) {
    refuses("MalformedXML", rules);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MalformedXML    | <Days>one</Days>",
        "MalformedXML    | <Days>1.5</Days>",
        "MalformedXML    | <Days></Days>",
        "MalformedXML    | <Days>3000000000</Days>",
        "MalformedXML    | <Days>1</Days><Days>1</Days>",
        "MalformedXML    | <Days>1</Days><Date>2030-01-01</Date>",
        "MalformedXML    |"
            + " <Days>1</Days><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>",
        "MalformedXML    | <ExpiredObjectDeleteMarker>maybe</ExpiredObjectDeleteMarker>",
        "MalformedXML    | <Hours>1</Hours>",
        "MalformedXML    | <Date>20300101</Date>",
        "MalformedXML    | ''",
        "InvalidArgument | <Days>0</Days>",
        "InvalidArgument | <Days>-1</Days>",
        "InvalidArgument | <Date>2030-01-01T00:00:01Z</Date>",
        "InvalidArgument | <Date>0001-01-01</Date>",
        "InvalidArgument | <Date>1970-01-01T00:00:00Z</Date>",
        "InvalidArgument | <Date>2200-01-01</Date>",
        "InvalidArgument | <Date>9999-12-31</Date>",
      })
  void an_expiration_is_one_thing_and_right(String code, String expiration) {
    refuses(code, rule(FILTER, "<Expiration>" + expiration + "</Expiration>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MalformedXML   | <Prefix>p</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>",
        "MalformedXML   | <And><Prefix>p</Prefix></And>",
        "MalformedXML   | <And><And/><Prefix>p</Prefix></And>",
        "MalformedXML   | <Suffix>p</Suffix>",
        "MalformedXML   | <Tag><Key>k</Key></Tag>",
        "MalformedXML   | <ObjectSizeLessThan>large</ObjectSizeLessThan>",
        "InvalidTag     | <Tag><Key></Key><Value>v</Value></Tag>",
        "InvalidRequest | <ObjectSizeLessThan>0</ObjectSizeLessThan>",
        "InvalidRequest | <ObjectSizeGreaterThan>-1</ObjectSizeGreaterThan>",
        "InvalidRequest |"
            + " <And><ObjectSizeGreaterThan>9</ObjectSizeGreaterThan><ObjectSizeLessThan>9</ObjectSizeLessThan></And>",
        "InvalidRequest |"
            + " <And><Tag><Key>k</Key><Value>v</Value></Tag><Tag><Key>k</Key><Value>w</Value></Tag></And>",
      })
  void a_filter_is_one_condition_or_an_and_of_several(String code, String filter) {
    refuses(code, rule("<Filter>" + filter + "</Filter>", DAYS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MalformedXML    | <Days>1</Days>",
        "MalformedXML    | <StorageClass>GLACIER_IR</StorageClass>",
        "MalformedXML    | <Days>1</Days><StorageClass>STANDARD</StorageClass>",
        "MalformedXML    | <Days>1</Days><StorageClass>LUKEWARM</StorageClass>",
        "InvalidArgument | <Days>-1</Days><StorageClass>GLACIER_IR</StorageClass>",
        "InvalidArgument | <Days>29</Days><StorageClass>ONEZONE_IA</StorageClass>",
        "NotImplemented  | <Days>1</Days><StorageClass>GLACIER</StorageClass>",
      })
  void a_transition_leads_down_and_not_too_early(String code, String transition) {
    refuses(code, rule(FILTER, "<Transition>" + transition + "</Transition>"));
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidArgument, 30, STANDARD_IA, 59, GLACIER_IR",
    "InvalidArgument, 9, GLACIER_IR, 9, INTELLIGENT_TIERING",
    "InvalidRequest, 9, GLACIER_IR, 10, GLACIER_IR",
  })
  void transitions_follow_each_other(
      String code, int days, String storageClass, int laterDays, String laterClass) {
    String both =
        "<Transition><Days>%d</Days><StorageClass>%s</StorageClass></Transition>"
            .repeat(2)
            .formatted(days, storageClass, laterDays, laterClass);
    refuses(code, rule(FILTER, both));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "InvalidRequest  | <NewerNoncurrentVersions>2</NewerNoncurrentVersions> | ",
        "MalformedXML    | <NewerNoncurrentVersions>2</NewerNoncurrentVersions> | x",
        "InvalidArgument | <NoncurrentDays>0</NoncurrentDays>                   | x",
        "InvalidArgument |"
            + " <NoncurrentDays>1</NoncurrentDays><NewerNoncurrentVersions>101</NewerNoncurrentVersions>"
            + " | x",
        "InvalidArgument |"
            + " <NoncurrentDays>1</NoncurrentDays><NewerNoncurrentVersions>0</NewerNoncurrentVersions>"
            + "   | x",
      })
  void noncurrent_versions_expire_by_days(String code, String content, String action) {
    String noncurrent =
        action == null
            ? ""
            : "<NoncurrentVersionExpiration>" + content + "</NoncurrentVersionExpiration>";
    refuses(code, rule(FILTER, noncurrent));
  }

  @Test
  void an_expiration_comes_after_the_transitions() {
    String ten = "<Transition><Days>10</Days><StorageClass>GLACIER_IR</StorageClass></Transition>";
    refuses("InvalidArgument", rule(FILTER, DAYS, ten));
    String date = "<Expiration><Date>2030-01-01</Date></Expiration>";
    refuses("InvalidRequest", rule(FILTER, date, ten));
  }

  @Test
  void uploads_and_markers_have_neither_tags_nor_sizes() {
    String marker =
        "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>";
    String abort =
        "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>"
            + "</AbortIncompleteMultipartUpload>";
    String tag = "<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>";
    String size = "<Filter><ObjectSizeLessThan>9</ObjectSizeLessThan></Filter>";
    for (String action : new String[] {marker, abort}) {
      refuses("InvalidRequest", rule(tag, action));
      refuses("InvalidRequest", rule(size, action));
    }
  }

  @Test
  void rules_go_together() {
    String older = rule("<Prefix>p</Prefix>", DAYS);
    refuses("InvalidRequest", older + rule(FILTER, DAYS));
    refuses("InvalidArgument", rule("<ID>a</ID>", FILTER, DAYS).repeat(2));
    refuses("InvalidArgument", rule("<ID>" + "a".repeat(256) + "</ID>", FILTER, DAYS));
    refuses("InvalidRequest", rule(FILTER, DAYS).repeat(1001));
    assertThat(read(false, rule(FILTER, DAYS).repeat(1000)).getRulesCount()).isEqualTo(1000);
  }

  @Test
  void profile_compat_takes_conditions_side_by_side_together() {
    Lifecycle read =
        read(
            true,
            rule(
                "<Filter><Prefix>days1/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag><And>"
                    + "<Prefix>days1</Prefix><Tag><Key>c</Key><Value>d</Value></Tag></And></Filter>",
                DAYS));
    assertThat(read.getRules(0).getFilter().getPrefix()).isEqualTo("days1/");
    assertThat(read.getRules(0).getFilter().getTagsCount()).isEqualTo(2);
  }
}
