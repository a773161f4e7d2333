package relata.api.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.problem.FieldError;
import relata.api.text.TextRule;

/**
 * A piece of a document with its vector, as a client brings it; unchecked.
 *
 * @param kind of block; {@code paragraph} if left out
 * @param headingPath the document's title and the headings above it, outermost first
 */
@Schema(name = "ProvidedChunk")
record ProvidedChunk(
    @Schema(required = true) String text,
    @Schema(
            enumeration = {"title", "description", "paragraph", "list", "heading", "table", "code"},
            defaultValue = "paragraph")
        String kind,
    List<String> headingPath,
    @Schema(required = true, type = SchemaType.ARRAY, implementation = Float.class)
        ProvidedVector vector) {
  private static final List<String> KINDS =
      List.of("title", "description", "paragraph", "list", "heading", "table", "code");

  /** Fills in what was left out. */
  ProvidedChunk {
    kind = kind == null ? "paragraph" : kind;
    headingPath = headingPath == null ? List.of() : headingPath.stream().toList();
  }

  /** Every field that is wrong, by its path from the body. */
  List<FieldError> faults(int ordinal, int dimension, ProvidedConfig limits) {
    List<FieldError> faults = new ArrayList<>();
    String path = "chunks." + ordinal + ".";
    textFault(limits.maxTextLength()).ifPresent(d -> faults.add(new FieldError(path + "text", d)));
    if (!KINDS.contains(kind)) {
      faults.add(new FieldError(path + "kind", "Must be one of " + String.join(", ", KINDS) + "."));
    }
    headingFault(limits)
        .ifPresent(detail -> faults.add(new FieldError(path + "headingPath", detail)));
    vectorFault(dimension).ifPresent(d -> faults.add(new FieldError(path + "vector", d)));
    return faults;
  }

  private Optional<String> textFault(int maxLength) {
    if (text == null) {
      return Optional.of("Is missing.");
    }
    if (text.isBlank()) {
      return Optional.of("Must not be blank.");
    }
    if (text.length() > maxLength) {
      return Optional.of("Must have at most " + maxLength + " characters.");
    }
    return TextRule.storable(text);
  }

  private Optional<String> headingFault(ProvidedConfig limits) {
    if (headingPath.size() > limits.maxHeadings()) {
      return Optional.of("Must have at most " + limits.maxHeadings() + " headings.");
    }
    return headingPath.stream()
        .map(heading -> TextRule.line(heading, limits.maxHeadingLength()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> vectorFault(int dimension) {
    return vector == null ? Optional.of("Is missing.") : vector.fault(dimension);
  }
}
