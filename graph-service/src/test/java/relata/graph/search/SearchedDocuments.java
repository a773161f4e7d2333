package relata.graph.search;

import static io.restassured.RestAssured.given;

import io.nats.client.Connection;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import relata.graph.database.Database;
import relata.graph.generation.Generations;
import relata.graph.testing.Fixture;
import relata.local.testing.Patiently;

/** A generation of its own for each test that searches. */
final class SearchedDocuments implements AutoCloseable {
  private final Generations generations;
  private final Database database;
  private final Fixture fixture = new Fixture();
  private final Connection nats =
      Patiently.connect(ConfigProvider.getConfig().getValue("RELATA_NATS_URL", String.class));
  private final Fixture.Generation generation = fixture.generation(0.5, 3);

  SearchedDocuments(Generations generations, Database database) throws Exception {
    this.generations = generations;
    this.database = database;
  }

  Fixture.Generation generation() {
    return generation;
  }

  Fixture fixture() {
    return fixture;
  }

  /** Where a worker can be played. */
  Connection nats() {
    return nats;
  }

  /** Stores a document of a title and some paragraphs, a vector each, and lets it be found. */
  void put(long id, String title, List<String> texts, float[]... vectors) throws Exception {
    fixture.store(generation, id, 1, title, texts, vectors);
    refresh(id);
  }

  /** Erases a document's features, and lets it be found no more. */
  void erase(long id) throws Exception {
    fixture.erase(generation, id);
    refresh(id);
  }

  private void refresh(long id) {
    database.transaction(
        session -> generations.find(generation.id()).orElseThrow().refresh(session, List.of(id)));
  }

  ValidatableResponse search(Map<String, Object> body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/internal/generations/{g}/search", generation.id())
        .then();
  }

  @Override
  public void close() throws Exception {
    nats.close();
    fixture.close();
  }
}
