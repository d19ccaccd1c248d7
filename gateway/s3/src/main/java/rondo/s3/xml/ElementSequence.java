package rondo.s3.xml;

import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.util.NameTransformer;

/**
 * Elements of several kinds in one order, without one around them: each has the name of its record.
 * A component of this type is the last of its own record, and annotated with
 * {@code @JsonUnwrapped}.
 */
@JsonSerialize(using = ElementSequence.Writer.class)
public record ElementSequence(List<Object> elements) {

  /** Writes one element after the other. */
  static final class Writer extends ValueSerializer<ElementSequence> {
    @Override
    public void serialize(
        ElementSequence sequence, JsonGenerator generator, SerializationContext context) {
      for (Object element : sequence.elements()) {
        generator.writeName(element.getClass().getSimpleName());
        context.writeValue(generator, element);
      }
    }

    @Override
    public boolean isUnwrappingSerializer() {
      return true;
    }

    @Override
    public ValueSerializer<ElementSequence> unwrappingSerializer(NameTransformer names) {
      return this;
    }
  }
}
