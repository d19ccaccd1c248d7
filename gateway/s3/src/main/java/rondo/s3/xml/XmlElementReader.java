package rondo.s3.xml;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** Reads a document into a tree of elements. Each instance reads one document. */
final class XmlElementReader {
  private static final Pattern NAMESPACE =
      Pattern.compile(
          "https?://((s3\\.amazonaws\\.com/doc|doc\\.s3\\.amazonaws\\.com)/2006-03-01"
              + "|awss3control\\.amazonaws\\.com/doc/2018-08-20)/?");

  /** An element whose end tag hasn't come yet. */
  private record OpenElement(String name, StringBuilder text, List<XmlElement> children) {
    XmlElement end() {
      if (!children.isEmpty() && !text.toString().isBlank()) {
        throw new S3Exception(S3Error.MALFORMED_XML);
      }
      return new XmlElement(name, text.toString(), List.copyOf(children));
    }
  }

  /** The document itself, whose only child is the root. */
  private final OpenElement document = new OpenElement("", new StringBuilder(), new ArrayList<>());

  private final Deque<OpenElement> open = new ArrayDeque<>(List.of(document));

  private XmlElementReader() {}

  /**
   * The document's root.
   *
   * @throws S3Exception MalformedXML
   */
  static XmlElement read(XMLInputFactory factory, byte[] bytes) {
    try {
      XMLStreamReader events = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      try {
        return new XmlElementReader().read(events);
      } finally {
        events.close();
      }
    } catch (XMLStreamException malformed) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
  }

  /**
   * Refuses an element of a foreign namespace. Tools leave S3's out or misspell it, so that is
   * accepted.
   */
  static void checkNamespace(XMLStreamReader element) {
    String namespace = element.isStartElement() ? element.getNamespaceURI() : null;
    if (namespace != null && !namespace.isEmpty() && !NAMESPACE.matcher(namespace).matches()) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
  }

  private XmlElement read(XMLStreamReader events) throws XMLStreamException {
    while (events.hasNext()) {
      switch (events.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          checkNamespace(events);
          open.push(new OpenElement(events.getLocalName(), new StringBuilder(), new ArrayList<>()));
        }
        case XMLStreamConstants.END_ELEMENT -> {
          XmlElement ended = open.pop().end();
          open.element().children.add(ended);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            open.element().text.append(events.getText());
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new S3Exception(S3Error.MALFORMED_XML);
        default -> {
          // Comments and processing instructions don't count.
        }
      }
    }
    return document.children.getFirst();
  }
}
