package relata.system.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The graph of a collection over the public API, its numbers as precise as they are told. */
record GraphApi(Api api, String collection) {
  private static final String DOCUMENTS = "/v1/collections/{collection}/documents/{id}/neighbors";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A part of it. */
  JsonNode part(Map<String, ?> parameters) {
    return graph("", parameters);
  }

  /** What is told of the whole: {@code statistics}, {@code communities} and so on. */
  JsonNode of(String what, Map<String, ?> parameters) {
    return graph("/" + what, parameters);
  }

  byte[] export(String format) {
    return answer(
        api.json().queryParam("format", format),
        "/v1/collections/{collection}/graph/export",
        collection);
  }

  /** A document's own list, with the chunks that are the reasons. */
  JsonNode neighbors(String id) {
    return read(answer(api.json(), DOCUMENTS, collection, id));
  }

  /** The same without reasons, which are most of it. */
  JsonNode plainNeighbors(String id) {
    return read(answer(api.json().queryParam("evidence", false), DOCUMENTS, collection, id));
  }

  private JsonNode graph(String what, Map<String, ?> parameters) {
    return read(
        answer(
            api.json().queryParams(parameters),
            "/v1/collections/{collection}/graph" + what,
            collection));
  }

  private static byte[] answer(RequestSpecification request, String path, Object... parameters) {
    return request.get(path, parameters).then().statusCode(200).extract().asByteArray();
  }

  static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
