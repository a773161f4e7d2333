package relata.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/**
 * Says of every operation with which types of problems it may answer. Resources only describe what
 * has more to be said of it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DescribedProblems implements OASFilter {
  private static final Set<Integer> WORTH_A_RETRY = Set.of(429, 503);

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach(
                        (method, operation) ->
                            describe(
                                document.getComponents(),
                                operation.getResponses(),
                                possible(new Operated(path, method, operation)))));
  }

  private static Map<Integer, List<ProblemType>> possible(Operated operated) {
    return Arrays.stream(ProblemType.values())
        .filter(operated::mayAnswer)
        .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
  }

  private static void describe(
      Components components, APIResponses responses, Map<Integer, List<ProblemType>> possible) {
    possible.forEach(
        (status, types) -> {
          String code = String.valueOf(status);
          APIResponse said = responses.getAPIResponse(code);
          APIResponse response = said == null ? OASFactory.createAPIResponse() : said;
          if (isUnsaid(response)) {
            response.description(inWords(types));
          }
          if (WORTH_A_RETRY.contains(status)) {
            response.addHeader(
                "Retry-After",
                OASFactory.createHeader()
                    .description("Seconds until the same request may succeed")
                    .schema(schema(Schema.SchemaType.INTEGER)));
          }
          responses.addAPIResponse(code, response.content(content(components, types)));
        });
  }

  /** The framework puts the name of the status where a resource says nothing. */
  private static boolean isUnsaid(APIResponse response) {
    return response.getDescription() == null || response.getDescription().equals("Bad Request");
  }

  private static String inWords(List<ProblemType> types) {
    return types.stream().map(ProblemType::meaning).collect(Collectors.joining("; "));
  }

  private static Content content(Components components, List<ProblemType> types) {
    String name = named(types);
    components.addSchema(name, problem(types));
    return OASFactory.createContent()
        .addMediaType(
            Problem.MEDIA_TYPE,
            OASFactory.createMediaType().schema(OASFactory.createSchema().ref(name)));
  }

  /** Such as UnknownCollectionOrUnknownDocumentProblem: what generated clients call it, too. */
  private static String named(List<ProblemType> types) {
    return types.stream().map(DescribedProblems::inCamelCase).collect(Collectors.joining("Or"))
        + "Problem";
  }

  private static String inCamelCase(ProblemType type) {
    return Arrays.stream(type.name().split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  /** A problem with one of these types. */
  private static Schema problem(List<ProblemType> types) {
    List<Object> urns = new ArrayList<>();
    types.forEach(type -> urns.add(type.urn()));
    Schema ofTheseTypes =
        schema(Schema.SchemaType.OBJECT)
            .addProperty("type", schema(Schema.SchemaType.STRING).enumeration(urns));
    return OASFactory.createSchema()
        .description(inWords(types))
        .addAllOf(OASFactory.createSchema().ref("Problem"))
        .addAllOf(ofTheseTypes);
  }

  private static Schema schema(Schema.SchemaType type) {
    return OASFactory.createSchema().addType(type);
  }
}
