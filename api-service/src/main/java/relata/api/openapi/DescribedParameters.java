package relata.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Says which query parameters are numbers and which are flags, so that generated clients take them
 * as such. Resources take all of them as text, to refuse by their names what is none.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DescribedParameters implements OASFilter {
  /** A name has one type in the whole API. */
  private static final Map<Schema.SchemaType, List<String>> NAMES =
      Map.of(
          Schema.SchemaType.INTEGER,
          List.of(
              "before",
              "depth",
              "generation",
              "limit",
              "members",
              "nodes",
              "offset",
              "seed",
              "top"),
          Schema.SchemaType.NUMBER,
          List.of("minSimilarity", "resolution"),
          Schema.SchemaType.BOOLEAN,
          List.of("dryRun", "evidence", "force", "rebuild"));

  /** Beyond the 32 bits that clients give an integer of which nothing else is said. */
  private static final List<String> LONG = List.of("before", "generation", "seed");

  @Override
  public Parameter filterParameter(Parameter parameter) {
    if (parameter.getIn() == Parameter.In.QUERY) {
      NAMES.forEach(
          (type, names) -> {
            if (names.contains(parameter.getName())) {
              parameter.getSchema().setType(List.of(type));
            }
          });
      if (LONG.contains(parameter.getName())) {
        parameter.getSchema().setFormat("int64");
      }
    }
    return parameter;
  }
}
