package relata.local.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.client.ApiException;
import relata.local.client.RelataClient;
import relata.local.source.SourceItem;

class BulkImportTest {
  private FakeApi api;
  private RelataClient client;
  private BulkImport bulk;
  private final List<Rejection> rejections = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    client = new RelataClient(api.url());
    bulk = new BulkImport(client, "notes", rejections::add);
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void requestsAreBoundedInDocuments() {
    for (int i = 0; i < 501; i++) {
      bulk.accept(document("f:" + i, "{}"));
    }
    assertEquals(new ImportSummary(501, 0, 0, 0), bulk.finish());
    assertEquals(List.of(250, 250, 1), api.requests().stream().map(List::size).toList());
  }

  @Test
  void requestsAreBoundedInBytes() {
    String large = "{\"body\":\"" + "x".repeat(400_000) + "\"}";
    for (int i = 0; i < 5; i++) {
      bulk.accept(document("f:" + i, large));
    }
    bulk.finish();
    assertEquals(List.of(2, 2, 1), api.requests().stream().map(List::size).toList());
  }

  @Test
  void whatIsRejectedIsToldWithItsPlaceAndTheOthersAreImported() {
    bulk.accept(document("f:1", "{}"));
    bulk.accept(new SourceItem.Broken("g", "is not UTF-8 text"));
    bulk.accept(document("f:2", "bad"));
    bulk.accept(document("f:3", "{}"));
    assertEquals(new ImportSummary(2, 0, 0, 2), bulk.finish());
    assertEquals(
        List.of(
            new Rejection("g", "is not UTF-8 text"),
            new Rejection("f:2", "title: must not be empty")),
        rejections);
  }

  @Test
  void aBusyApiIsAskedAgain() {
    api.refuseNext(503, "{\"title\":\"busy\"}");
    api.refuseNext(503, "{\"title\":\"busy\"}");
    bulk.accept(document("f:1", "{}"));
    assertEquals(1, bulk.finish().created());
  }

  @Test
  void aDocumentThatIsTooLargeForTheApiIsRejectedAlone() {
    api.refuseNext(413, "{\"detail\":\"The body is too large.\"}");
    bulk.accept(document("f:1", "{}"));
    assertEquals(1, bulk.finish().rejected());
    assertEquals(List.of(new Rejection("f:1", "The body is too large.")), rejections);
  }

  @Test
  void anyOtherRefusalEndsTheImportWithTheWordsOfTheApi() {
    api.refuseNext(404, "{\"title\":\"Not found\",\"detail\":\"No collection notes.\"}");
    bulk.accept(document("f:1", "{}"));
    ApiException refused = assertThrows(ApiException.class, bulk::finish);
    assertEquals("No collection notes.", refused.getMessage());
    assertTrue(api.requests().isEmpty());
  }

  private static SourceItem document(String location, String json) {
    return new SourceItem.Document(location, json);
  }
}
