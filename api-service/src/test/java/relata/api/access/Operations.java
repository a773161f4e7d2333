package relata.api.access;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All operations of the API, as its description has them. */
public final class Operations {
  private Operations() {}

  /**
   * One of them.
   *
   * @param method in capitals
   * @param path as {@code /v1/collections/{collection}}
   * @param bodyType media type of its body; empty if it takes none
   */
  public record Operation(String method, String path, String bodyType) {
    /** What the rules of the API say, whatever stands in the code. */
    public String scope() {
      if (path.startsWith("/v1/keys")) {
        return Scope.ADMIN;
      }
      if (path.startsWith("/v1/models") && !method.equals("GET")) {
        return Scope.OPERATOR;
      }
      return method.equals("GET") || path.endsWith("/search") ? Scope.READ : Scope.WRITE;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  public static List<Operation> all() {
    JsonNode document;
    try {
      document =
          new ObjectMapper()
              .readTree(given().queryParam("format", "json").get("/q/openapi").asString());
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
    List<Operation> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            all.add(
                                new Operation(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    bodyType(operation.getValue())))));
    return all;
  }

  private static String bodyType(JsonNode operation) {
    var types = operation.path("requestBody").path("content").fieldNames();
    return types.hasNext() ? types.next() : "";
  }
}
