package rondo.gateway.s3.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.xml.annotation.JacksonXmlProperty;
import tools.jackson.dataformat.xml.annotation.JacksonXmlText;

/**
 * Writes records as elements, by those of Jackson's annotations that it knows, and in a fraction of
 * Jackson's time: documents are most of what a listing costs. Used by one thread.
 */
final class DocumentWriter {
  private static final ClassValue<List<Part>> PARTS =
      new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Part::of).toList();
        }
      };

  private enum Form {
    ELEMENT,
    ATTRIBUTE,
    TEXT,
    UNWRAPPED
  }

  /** What a component of a record becomes. */
  private record Part(String name, Form form, Function<Object, @Nullable Object> reader) {
    static Part of(RecordComponent component) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      var named = accessor.getAnnotation(JsonProperty.class);
      var attribute = accessor.getAnnotation(JacksonXmlProperty.class);
      String plain = component.getName();
      String name = plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
      if (attribute != null && attribute.isAttribute()) {
        String prefixed = " xmlns:xsi=\"" + attribute.namespace() + "\" xsi:";
        return new Part(prefixed + attribute.localName(), Form.ATTRIBUTE, reader(accessor));
      }
      return new Part(named == null ? name : named.value(), form(accessor), reader(accessor));
    }

    private static Form form(Method accessor) {
      if (accessor.isAnnotationPresent(JacksonXmlText.class)) {
        return Form.TEXT;
      }
      return accessor.isAnnotationPresent(JsonUnwrapped.class) ? Form.UNWRAPPED : Form.ELEMENT;
    }

    /** A class of its own for each is called faster than a {@code Method} is invoked. */
    @SuppressWarnings("unchecked") // what it is made for
    private static Function<Object, @Nullable Object> reader(Method accessor) {
      try {
        return MethodHandleProxies.asInterfaceInstance(
            Function.class, MethodHandles.lookup().unreflect(accessor));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("can't read " + accessor, e);
      }
    }

    @Nullable Object of(Object record) {
      return reader.apply(record);
    }
  }

  private final StringBuilder out;

  DocumentWriter(StringBuilder out) {
    this.out = out;
  }

  /** An element; a list is as many of them, and null is none. */
  void element(String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case List<?> items -> items.forEach(item -> element(name, item));
      case Record record -> element(name, "", record);
      default -> {
        out.append('<').append(name).append('>');
        XmlText.append(out, value.toString());
        out.append("</").append(name).append('>');
      }
    }
  }

  /**
   * @param attributes further ones, as they are
   */
  void element(String name, String attributes, Record record) {
    List<Part> parts = PARTS.get(record.getClass());
    out.append('<').append(name).append(attributes);
    for (Part part : parts) {
      if (part.form() == Form.ATTRIBUTE) {
        out.append(part.name()).append("=\"").append(part.of(record)).append('"');
      }
    }
    int start = out.append('>').length();
    content(record, parts);
    if (out.length() > start) {
      out.append("</").append(name).append('>');
    } else {
      out.setLength(start - 1);
      out.append("/>");
    }
  }

  private void content(Object record, List<Part> parts) {
    for (Part part : parts) {
      Object value = part.of(record);
      if (value != null) {
        switch (part.form()) {
          case ELEMENT -> element(part.name(), value);
          case ATTRIBUTE -> {}
          case TEXT -> XmlText.append(out, value.toString());
          case UNWRAPPED -> content(value, PARTS.get(value.getClass()));
        }
      }
    }
  }
}
