package rondo.s3.xml;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.xml.XmlFactory;
import tools.jackson.dataformat.xml.XmlMapper;

/**
 * S3's documents, from and to records: an element per component, its name in upper camel case, in
 * the order of the components; a list is an element per item, without one around them. The one
 * place that knows the namespace. Thread-safe.
 */
public final class Xml {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private static final WstxInputFactory INPUT = input();
  private static final XmlMapper MAPPER =
      XmlMapper.builder(new XmlFactory(INPUT, new WstxOutputFactory()))
          .addModule(XmlText.module())
          .defaultUseWrapper(false)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
          .changeDefaultPropertyInclusion(
              values -> values.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Xml() {}

  /** The document whose root element has the record's name and S3's namespace. */
  public static byte[] write(Object root) {
    return write(root, " xmlns=\"" + NAMESPACE + "\"");
  }

  /** The document as S3 Control writes it. */
  public static byte[] writeControl(Object root) {
    return write(root, " xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"");
  }

  /** The document without a namespace, as S3 writes its errors. */
  public static byte[] writePlain(Object root) {
    return write(root, "");
  }

  private static byte[] write(Object root, String attribute) {
    String name = root.getClass().getSimpleName();
    // Jackson would write an empty namespace on every child if the records knew of one.
    byte[] head = (DECLARATION + "<" + name + attribute).getBytes(StandardCharsets.UTF_8);
    byte[] text = MAPPER.writer().withRootName(name).writeValueAsBytes(root);
    int start = 1 + name.length();
    byte[] document = Arrays.copyOf(head, head.length + text.length - start);
    System.arraycopy(text, start, document, head.length, text.length - start);
    return document;
  }

  /**
   * Reads a document; its root's name doesn't matter, unknown elements are passed over.
   *
   * @throws S3Exception MalformedXML, also for a document type declaration or another namespace
   */
  public static <T> T read(byte[] document, Class<T> type) {
    String head = new String(document, StandardCharsets.UTF_8);
    if (head.toUpperCase(Locale.ROOT).contains("<!DOCTYPE")) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    checkNamespace(document);
    try {
      T value = MAPPER.readValue(document, type);
      if (value == null) {
        throw new S3Exception(S3Error.MALFORMED_XML);
      }
      return value;
    } catch (JacksonException malformed) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
  }

  private static void checkNamespace(byte[] document) {
    try {
      XMLStreamReader events = INPUT.createXMLStreamReader(new ByteArrayInputStream(document));
      try {
        while (events.hasNext() && !events.isStartElement()) {
          events.next();
        }
        XmlElementReader.checkNamespace(events);
      } finally {
        events.close();
      }
    } catch (XMLStreamException malformed) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
  }

  /**
   * Reads a document as the tree that it is, where a record would be too lenient.
   *
   * @throws S3Exception MalformedXML, also for a document type declaration
   */
  public static XmlElement tree(byte[] document) {
    return XmlElementReader.read(INPUT, document);
  }

  private static WstxInputFactory input() {
    var factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    // What is malformed shows when it is read, not when somebody looks at it.
    factory.getConfig().doParseLazily(false);
    return factory;
  }
}
