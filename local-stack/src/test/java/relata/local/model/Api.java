package relata.local.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A client of a model server, as a program would be one. */
final class Api implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;

  Api(URI url) {
    this.url = url;
  }

  record Answer(int status, String contentType, String body) {

    JsonNode json() throws IOException {
      return MAPPER.readTree(body);
    }

    String error() throws IOException {
      return json().path("error").asText();
    }

    float[][] embeddings() throws IOException {
      return MAPPER.convertValue(json().get("embeddings"), float[][].class);
    }
  }

  static String json(Object value) throws IOException {
    return MAPPER.writeValueAsString(value);
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  /** Posts a JSON text, written with single quotes for double ones. */
  Answer post(String path, String json) throws IOException, InterruptedException {
    return raw(path, json.replace('\'', '"'));
  }

  Answer raw(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, HttpRequest.BodyPublishers.ofString(body));
  }

  Answer send(String method, String path, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).method(method, body).build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }

  @Override
  public void close() {
    client.close();
  }
}
