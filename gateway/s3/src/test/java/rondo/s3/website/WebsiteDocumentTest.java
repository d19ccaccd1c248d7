package rondo.s3.website;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.rows.Website;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.Xml;

final class WebsiteDocumentTest {
  private static final String INDEX = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";
  private static final String REDIRECT = "<Redirect><HostName>h</HostName></Redirect>";

  private static Website read(String body) {
    return WebsiteDocument.website(
        Xml.tree(
            ("<WebsiteConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                    + body
                    + "</WebsiteConfiguration>")
                .getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        INDEX,
        INDEX + "<ErrorDocument><Key>errors/all.html</Key></ErrorDocument>",
        "<RedirectAllRequestsTo><HostName>example.com</HostName></RedirectAllRequestsTo>",
        "<RedirectAllRequestsTo><HostName>example.com</HostName><Protocol>https</Protocol>"
            + "</RedirectAllRequestsTo>",
        INDEX + "<RoutingRules><RoutingRule>" + REDIRECT + "</RoutingRule></RoutingRules>",
        INDEX
            + "<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>a/</KeyPrefixEquals>"
            + "<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition>"
            + "<Redirect><HttpRedirectCode>307</HttpRedirectCode><Protocol>http</Protocol>"
            + "<ReplaceKeyPrefixWith></ReplaceKeyPrefixWith></Redirect></RoutingRule>"
            + "</RoutingRules>"
      })
  void settings_are_read_as_they_were_put(String body) {
    Website website = read(body);
    byte[] shown = Xml.write(WebsiteDocument.document(website));
    assertThat(WebsiteDocument.website(Xml.tree(shown))).isEqualTo(website);
  }

  @ParameterizedTest
  @CsvSource({
    "'', InvalidArgument",
    "'<Strange/>', MalformedXML",
    "'<IndexDocument/>', MalformedXML",
    "'<IndexDocument><Suffix/></IndexDocument>', InvalidArgument",
    "'<IndexDocument><Suffix>a/b</Suffix></IndexDocument>', InvalidArgument",
    "'<IndexDocument><Suffix>a</Suffix><Suffix>b</Suffix></IndexDocument>', MalformedXML",
    "'I<ErrorDocument/>', MalformedXML",
    "'II', MalformedXML",
    "'I<RoutingRules/>', MalformedXML",
    "'I<RoutingRules><RoutingRule/></RoutingRules>', MalformedXML",
    "'I<RoutingRules><RoutingRule><Redirect/></RoutingRule></RoutingRules>', MalformedXML",
    "'R<Condition/>', InvalidRequest",
    "'R<Condition><Other>1</Other></Condition>', MalformedXML",
    "'R<Condition><HttpErrorCodeReturnedEquals>x</HttpErrorCodeReturnedEquals></Condition>',"
        + " InvalidRequest",
    "'R<Condition><HttpErrorCodeReturnedEquals>200</HttpErrorCodeReturnedEquals></Condition>',"
        + " InvalidRequest",
    "'D<HttpRedirectCode>300</HttpRedirectCode>', InvalidRequest",
    "'D<HttpRedirectCode>200</HttpRedirectCode>', InvalidRequest",
    "'D<Protocol>ftp</Protocol>', InvalidRequest",
    "'D<HostName>a b</HostName>', InvalidRequest",
    "'D<ReplaceKeyWith>a</ReplaceKeyWith><ReplaceKeyPrefixWith>b</ReplaceKeyPrefixWith>',"
        + " InvalidRequest",
    "'<RedirectAllRequestsTo/>', MalformedXML",
    "'<RedirectAllRequestsTo><HostName>h</HostName><Protocol>x</Protocol>"
        + "</RedirectAllRequestsTo>', InvalidRequest",
    "'I<RedirectAllRequestsTo><HostName>h</HostName></RedirectAllRequestsTo>', InvalidArgument"
  })
  void a_document_that_s3_refuses_is_refused(String short_, String code) {
    assertThatThrownBy(() -> read(body(short_)))
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.error().code()).isEqualTo(code));
  }

  /**
   * The body of a document. A leading R puts the rest into a rule, a leading D into a rule's
   * redirect; in other texts each I stands for an index.
   */
  private static String body(String text) {
    String rest = text.isEmpty() ? "" : text.substring(1);
    if (text.startsWith("R")) {
      return INDEX + rules(REDIRECT + rest);
    }
    if (text.startsWith("D")) {
      return INDEX + rules("<Redirect>" + rest + "</Redirect>");
    }
    return text.replaceAll("I(?=[I<]|$)", INDEX);
  }

  private static String rules(String rule) {
    return "<RoutingRules><RoutingRule>" + rule + "</RoutingRule></RoutingRules>";
  }

  @Test
  void fifty_rules_are_enough() {
    String rule = "<RoutingRule>" + REDIRECT + "</RoutingRule>";
    assertThat(read(INDEX + "<RoutingRules>" + rule.repeat(50) + "</RoutingRules>").getRulesCount())
        .isEqualTo(50);
    assertThatThrownBy(() -> read(INDEX + "<RoutingRules>" + rule.repeat(51) + "</RoutingRules>"))
        .hasMessageContaining("limited to 50");
  }
}
