package relata.system.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relata.system.running.SharedStack.Running;

/**
 * Nothing that a client sends becomes an address: in each place where the description lets text
 * stand, the address of somebody on this machine is sent, and no part of the stack calls there.
 */
@ExtendWith(SharedStack.class)
final class ForeignAddressIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> METHODS = List.of("get", "put", "post", "delete");
  private static final String CLIENTS = "{\"embed\":{\"source\":\"client\",\"dimension\":3}}";

  private static Running running;
  private static Lure lure;
  private static HttpClient client;
  private static JsonNode description;

  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> taken = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final List<String> made = new ArrayList<>();
  private int operations;
  private int sent;
  private String collection;
  private String generation;

  @BeforeAll
  static void use(Running shared) throws IOException {
    running = shared;
    lure = new Lure();
    client = HttpClient.newHttpClient();
    description =
        JSON.readTree(
            running.api().json().queryParam("format", "json").get("/q/openapi").asByteArray());
  }

  @AfterAll
  static void end() {
    client.shutdownNow();
    lure.close();
  }

  @Test
  void noPartOfTheStackCallsAnAddressThatAClientSent() throws Exception {
    running.model().forgetInputs();
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      for (String method : METHODS) {
        JsonNode operation = path.getValue().path(method);
        if (path.getKey().startsWith("/v1/") && !operation.isMissingNode()) {
          freshCollection(operation);
          inParameters(method, path.getKey(), operation);
          inBody(method, path.getKey(), operation);
        }
      }
    }
    made.forEach(ForeignAddressIT::fill);
    made.forEach(ForeignAddressIT::awaitWorked);
    assertTrue(
        running.model().inputs().stream().anyMatch(text -> text.contains(lure.address(0))),
        "the worker had addresses in its hands");

    assertEquals(List.of(), lure.calls(), "numbers of: " + taken);
    HttpRequest own = HttpRequest.newBuilder(URI.create(lure.address(9_999))).build();
    assertEquals(204, client.send(own, BodyHandlers.discarding()).statusCode());
    assertEquals(List.of("GET /9999 HTTP/1.1"), lure.calls(), "whoever calls is seen");

    System.out.printf(
        "addresses: %d sent, answered %s; %d taken, %d collections with them; 0 calls%n",
        sent, statuses, taken.size(), made.size());
    for (String place :
        List.of(
            "documents/{id} body",
            "documents/{id} metadata/any",
            "documents:bulk title",
            "queries/{name} text",
            "search text",
            "prompts template",
            "collections recipe/embed/documentPrefix",
            "recipe embed/queryPrefix")) {
      assertTrue(taken.stream().anyMatch(each -> each.endsWith(place)), place + " of " + taken);
    }
    assertEquals(List.of(), failed);
  }

  private void freshCollection(JsonNode operation) {
    collection = "lured-" + operations++;
    boolean bringsChunks = operation.path("operationId").asText().equals("putFeatures");
    String recipe = bringsChunks ? CLIENTS : "{}";
    Api.json(running.api().url())
        .body("{\"name\":\"%s\",\"recipe\":%s}".formatted(collection, recipe))
        .post("/v1/collections")
        .then()
        .statusCode(201);
    generation = running.api().collection(collection).getString("generation");
    running.api().put(collection, "a", "A", "A document.");
    if (operation.path("operationId").asText().equals("search")) {
      running.api().awaitSettled(collection, LIMIT);
    }
  }

  private void inParameters(String method, String path, JsonNode operation) throws Exception {
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode schema = parameter.path("schema");
      if (!TextPlaces.of(description, schema).isEmpty()) {
        String name = parameter.path("name").asText();
        String address = lure.address(sent);
        HttpRequest.Builder request =
            switch (parameter.path("in").asText()) {
              case "path" -> request(path.replace("{" + name + "}", encoded(address)));
              case "query" -> request(path + "?" + name + "=" + encoded(address));
              case "header" -> request(path).header(name, address);
              default -> throw new AssertionError(parameter.toString());
            };
        body(operation).ifPresent(body -> request.header("Content-Type", type(operation)));
        send(
            request.method(method.toUpperCase(Locale.ROOT), publisher(body(operation))),
            path + " " + name);
      }
    }
  }

  private void inBody(String method, String path, JsonNode operation) throws Exception {
    Optional<JsonNode> body = body(operation);
    if (body.isEmpty()) {
      return;
    }
    for (String place : TextPlaces.of(description, schema(operation))) {
      JsonNode changed = TextPlaces.with(body.get(), place, lure.address(sent));
      boolean makesCollection = path.equals("/v1/collections");
      if (path.equals("/v1/prompts") && !place.equals("name")) {
        ((ObjectNode) changed).put("name", "lured-" + sent);
        ((ObjectNode) changed)
            .put("template", changed.path("template").asText() + "\n{{document}}");
      }
      if (makesCollection && !place.equals("name")) {
        ((ObjectNode) changed).put("name", "lured-with-" + sent);
      }
      int status =
          send(
              request(path)
                  .header("Content-Type", type(operation))
                  .method(method.toUpperCase(Locale.ROOT), publisher(Optional.of(changed))),
              path + " " + place);
      if (status < 300 && (makesCollection || path.endsWith("/recipe"))) {
        made.add(makesCollection ? changed.path("name").asText() : collection);
      }
    }
  }

  private int send(HttpRequest.Builder request, String what) throws Exception {
    sent++;
    HttpResponse<InputStream> answer =
        client.send(request.timeout(ANSWER).build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() >= 500) {
      failed.add(answer.statusCode() + " " + what);
    }
    // A stream of events has no end.
    answer.body().close();
    statuses.merge(answer.statusCode(), 1, Integer::sum);
    if (answer.statusCode() < 300) {
      taken.add((sent - 1) + " " + what);
    }
    return answer.statusCode();
  }

  private HttpRequest.Builder request(String path) {
    String filled =
        path.replace("{collection}", collection)
            .replace("{id}", path.startsWith("/v1/dead-letters") ? "1" : "a")
            .replace("{generation}", generation)
            .replaceAll("\\{[a-z]+}", "1");
    return HttpRequest.newBuilder(URI.create(running.api().url() + filled));
  }

  /** What a well-behaved client sends, as the description shows it. */
  private static Optional<JsonNode> body(JsonNode operation) {
    if (!operation.has("requestBody")) {
      return Optional.empty();
    }
    JsonNode schema = schema(operation);
    while (schema.has("$ref")) {
      schema = description.at(schema.get("$ref").asText().substring(1));
    }
    return Optional.of(schema.at("/examples/0"));
  }

  private static JsonNode schema(JsonNode operation) {
    return operation.at("/requestBody/content").elements().next().path("schema");
  }

  private static String type(JsonNode operation) {
    return operation.at("/requestBody/content").fieldNames().next();
  }

  private static HttpRequest.BodyPublisher publisher(Optional<JsonNode> body) {
    return body.map(JsonNode::toString)
        .map(BodyPublishers::ofString)
        .orElseGet(BodyPublishers::noBody);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** What the worker is to read has addresses everywhere. */
  private static void fill(String name) {
    String address = lure.address(0);
    Api.json(running.api().url())
        .body(
            Map.of(
                "title", address,
                "body", "See ![it](%s) and [that](%s).".formatted(address, address),
                "metadata", Map.of("source", address)))
        .put("/v1/collections/{collection}/documents/lure", name);
  }

  /** Whatever became of the documents, nothing is left to be done. */
  private static void awaitWorked(String name) {
    Awaitility.await(name)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> running.api().status(name),
            (JsonPath status) -> status.getInt("pending") + status.getInt("processing") == 0);
  }
}
