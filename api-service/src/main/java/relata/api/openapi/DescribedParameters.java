package relata.api.openapi;

import static java.util.Map.entry;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Says what each parameter is, where its resource does not, and which query parameters are numbers
 * and which are flags, so that generated clients take them as such. Resources take all of them as
 * text, to refuse by their names what is none.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DescribedParameters implements OASFilter {
  /** A name has one type in the whole API, and a text for where nothing more is said. */
  private static final Map<String, Described> IN_QUERY =
      Map.ofEntries(
          text("after", "Behind this; the 'next' of the page before"),
          text("around", "The document in the middle; without it the most linked ones"),
          identity("before", "Only older generations; the 'next' of the page before"),
          text("code", "With this code only"),
          text("collection", "Of this collection only"),
          integer("depth", "How many edges away from the document in the middle"),
          flag("dryRun", "Only say what would be done"),
          flag("evidence", "With the chunks by which they are similar; true if left out"),
          flag("force", "Although a gate is not passed, or the generation is not whole"),
          text("format", "json or graphml; if left out, what Accept names"),
          text("from", "The document that the path begins at"),
          identity("generation", "Of this generation"),
          integer("limit", "Most entries of the answer"),
          integer("members", "Most members that are named of each"),
          number("minSimilarity", "Least similarity, -1 to 1"),
          integer("nodes", "Most documents of the answer"),
          text("of", "The community of this document only"),
          integer("offset", "How many members to leave out, the most central first"),
          flag("rebuild", "Make a generation although nothing changed"),
          number("resolution", "Higher gives more and smaller communities"),
          identity("seed", "What random choices follow from"),
          text("tenant", "Whose keys; only the operator names one"),
          text("to", "The document that the path ends at"),
          integer("top", "How many of the most linked documents"));

  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          entry("collection", "The collection's name"),
          entry("generation", "The generation's number"),
          entry("id", "The document's id, URL-encoded"),
          entry("key", "The key's id, which is no secret"),
          entry("name", "The name of the stored query"),
          entry("profile", "The profile's name in the configuration of the workers"),
          entry("run", "The run's number"),
          entry(
              "Idempotency-Key", "The same request, sent again with the same key, has one effect"),
          entry("If-Match", "Only if the document has one of these tags, or * if it is there"),
          entry("If-None-Match", "Only if the document has not this tag, or * if it is not there"));

  private record Described(SchemaType type, Optional<String> format, String text) {}

  /** All query parameters that have a type. */
  static Set<String> queryNames() {
    return IN_QUERY.keySet();
  }

  @Override
  public Parameter filterParameter(Parameter parameter) {
    String name = parameter.getName();
    if (parameter.getIn() != Parameter.In.QUERY) {
      describe(parameter, ELSEWHERE.get(name));
    } else if (IN_QUERY.containsKey(name)) {
      Described described = IN_QUERY.get(name);
      describe(parameter, described.text());
      parameter.getSchema().setType(List.of(described.type()));
      described.format().ifPresent(parameter.getSchema()::setFormat);
    }
    return parameter;
  }

  private static void describe(Parameter parameter, String text) {
    if (parameter.getDescription() == null) {
      parameter.setDescription(text);
    }
  }

  private static Map.Entry<String, Described> text(String name, String text) {
    return entry(name, new Described(SchemaType.STRING, Optional.empty(), text));
  }

  private static Map.Entry<String, Described> flag(String name, String text) {
    return entry(name, new Described(SchemaType.BOOLEAN, Optional.empty(), text));
  }

  private static Map.Entry<String, Described> number(String name, String text) {
    return entry(name, new Described(SchemaType.NUMBER, Optional.empty(), text));
  }

  private static Map.Entry<String, Described> integer(String name, String text) {
    return entry(name, new Described(SchemaType.INTEGER, Optional.empty(), text));
  }

  /** Beyond the 32 bits that clients give an integer of which nothing else is said. */
  private static Map.Entry<String, Described> identity(String name, String text) {
    return entry(name, new Described(SchemaType.INTEGER, Optional.of("int64"), text));
  }
}
