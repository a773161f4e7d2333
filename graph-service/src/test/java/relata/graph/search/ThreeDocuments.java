package relata.graph.search;

import static relata.local.testing.Patiently.await;

import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import relata.graph.database.Database;
import relata.graph.generation.Generations;

/**
 * A generation of each test's own, loaded with three documents, and searches in it over HTTP. The
 * title and the text of each document have one vector.
 */
abstract class ThreeDocuments {
  @Inject Generations generations;
  @Inject Database database;

  SearchedDocuments documents;

  @BeforeEach
  void threeDocuments() throws Exception {
    documents = new SearchedDocuments(generations, database);
    store(1, "Growing tomatoes", "Water the seedlings in the morning.", new float[] {1, 0.1f});
    store(2, "Repairing bicycles", "A chain that jumps is worn out.", new float[] {0, 1});
    store(3, "Kitchen notes", "Tomatoes keep better outside of the fridge.", new float[] {1, 0});
    long id = documents.generation().id();
    generations.find(id);
    await().until(() -> generations.findLoaded(id).isPresent());
  }

  private void store(long id, String title, String text, float[] vector) throws Exception {
    documents
        .fixture()
        .store(documents.generation(), id, 1, title, List.of(title, text), vector, vector);
  }

  @AfterEach
  void close() throws Exception {
    documents.close();
  }

  final ValidatableResponse search(Map<String, Object> body) {
    return documents.search(body);
  }
}
