package relata.api.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import relata.api.access.Operations;
import relata.api.access.Operations.Operation;

/** One tenant goes through all operations, with its own names and with another tenant's. */
final class Walk {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final World walker;
  private final World other;
  private final HttpClient client;
  private final List<String> leaks = new ArrayList<>();
  private int requests;
  private int answered;

  private Walk(World walker, World other, HttpClient client) {
    this.walker = walker;
    this.other = other;
    this.client = client;
  }

  /**
   * What it came to.
   *
   * @param answered requests that were answered with data, as the walker's own are
   * @param leaks what was seen or changed of the other tenant
   */
  record Result(int requests, int answered, List<String> leaks) {
    Result {
      leaks = List.copyOf(leaks);
    }

    Result plus(Result more) {
      List<String> all = new ArrayList<>(leaks);
      all.addAll(more.leaks());
      return new Result(requests + more.requests(), answered + more.answered(), all);
    }
  }

  private record Answer(int status) {}

  static Result through(World walker, World other) throws Exception {
    walker.graphAnswersWithDocumentsOf(other);
    long before = other.fingerprint();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build()) {
      Walk walk = new Walk(walker, other, client);
      // What deletes comes last, or there would be nothing left to see.
      List<Operation> operations =
          Operations.all().stream()
              .sorted(
                  Comparator.<Operation, Boolean>comparing(one -> one.method().equals("DELETE"))
                      .thenComparing(one -> -one.path().length()))
              .toList();
      for (Operation operation : operations) {
        walk.own(operation);
        walk.foreign(operation);
      }
      client.shutdownNow();
      if (other.fingerprint() != before) {
        walk.leaks.add("a row of the other tenant was changed");
      }
      return new Result(walk.requests, walk.answered, walk.leaks);
    }
  }

  private void own(Operation operation) throws Exception {
    Answer answer = send(operation, names(operation, walker), "");
    if (answer.status() < 300) {
      answered++;
    }
  }

  /** None of these may do anything. */
  private void foreign(Operation operation) throws Exception {
    String path = operation.path();
    if (path.contains("{collection}")) {
      Map<String, String> names = names(operation, other);
      names.put("collection", other.own);
      refused(operation, names, "");
    }
    if (path.contains("{generation}") || path.contains("{key}") || isOfDeadLetter(path)) {
      refused(operation, names(operation, other), "");
    }
    if (path.equals("/v1/dead-letters") || path.equals("/v1/dead-letters/replay")) {
      refused(operation, Map.of(), "?collection=" + other.own);
    }
  }

  private void refused(Operation operation, Map<String, String> names, String query)
      throws Exception {
    Answer answer = send(operation, names, query);
    if (answer.status() < 400) {
      leaks.add("%s%s %d".formatted(operation, query, answer.status()));
    }
  }

  private Answer send(Operation operation, Map<String, String> names, String query)
      throws Exception {
    String path = operation.path();
    for (Map.Entry<String, String> name : names.entrySet()) {
      path = path.replace("{" + name.getKey() + "}", name.getValue());
    }
    if (operation.path().endsWith("/graph/path")) {
      path += "?from=a&to=b";
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path + query))
            .header("Authorization", "Bearer " + walker.key)
            .header(
                "Content-Type",
                operation.bodyType().isEmpty() ? "text/plain" : operation.bodyType())
            .method(operation.method(), BodyPublishers.ofString(body(operation)))
            .timeout(LIMIT)
            .build();
    HttpResponse<InputStream> answer =
        client
            .sendAsync(request, BodyHandlers.ofInputStream())
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    requests++;
    String text = text(answer);
    if (text.contains(other.mark)) {
      leaks.add(operation + " shows " + text);
    }
    return new Answer(answer.statusCode());
  }

  /** A stream of events never ends: the first says what there is to say. */
  private static String text(HttpResponse<InputStream> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    boolean isStream =
        answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    return CompletableFuture.supplyAsync(() -> read(answer.body(), isStream))
        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static String read(InputStream body, boolean isStream) {
    try (body) {
      StringBuilder text = new StringBuilder();
      byte[] part = new byte[8192];
      for (int count = body.read(part); count >= 0; count = body.read(part)) {
        text.append(new String(part, 0, count, UTF_8));
        if (isStream && text.indexOf("data:") >= 0) {
          break;
        }
      }
      return text.toString();
    } catch (IOException brokenOff) {
      return "";
    }
  }

  private Map<String, String> names(Operation operation, World world) {
    boolean isGiven = operation.path().endsWith("/features") && operation.method().equals("PUT");
    Map<String, String> names = new HashMap<>();
    names.put("collection", isGiven ? World.GIVEN : World.SHARED);
    names.put("id", isOfDeadLetter(operation.path()) ? world.deadLetter() : "a");
    names.put("generation", "" + world.building);
    names.put("name", operation.path().startsWith("/v1/prompts") ? "p" : "q");
    names.put("key", world.spareKey.split("_", -1)[1]);
    names.put("run", "7");
    names.put("profile", "x");
    return names;
  }

  private static boolean isOfDeadLetter(String path) {
    return path.startsWith("/v1/dead-letters/{id}");
  }

  private static String body(Operation operation) {
    String path = operation.path();
    String fresh = "n-" + UUID.randomUUID();
    if (operation.bodyType().isEmpty()) {
      return "";
    }
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "collections" -> "{\"name\":\"%s\"}".formatted(fresh);
      case "prompts" -> "{\"name\":\"%s\",\"template\":\"x {{document}}\"}".formatted(fresh);
      case "keys" -> "{\"name\":\"n\",\"scopes\":[\"read\"]}";
      case "{id}" -> "{\"title\":\"T\"}";
      case "documents:bulk" -> "{\"id\":\"c\",\"title\":\"T\"}\n";
      case "queries:bulk" -> "{\"name\":\"z\",\"text\":\"x\"}\n";
      case "{name}", "search" -> "{\"text\":\"x\"}";
      case "index" -> "{\"minRecall\":0.9}";
      case "recipe" -> "{\"edges\":{\"maxNeighbors\":3}}";
      case "features" -> "{\"version\":1,\"chunks\":[{\"text\":\"t\",\"vector\":[1,0,0]}]}";
      default -> "{}";
    };
  }
}
