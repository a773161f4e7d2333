import java.util.List;
import java.util.Map;
import relata.client.ApiClient;
import relata.client.ApiException;
import relata.client.api.CollectionsApi;
import relata.client.api.DocumentsApi;
import relata.client.api.SearchApi;
import relata.client.api.StatusApi;
import relata.client.model.Collection;
import relata.client.model.Document;
import relata.client.model.DocumentBody;
import relata.client.model.NewCollection;
import relata.client.model.Problem;
import relata.client.model.Recipe;
import relata.client.model.RecipeEdges;
import relata.client.model.Search;
import relata.client.model.Status;
import relata.client.model.WrittenRecipe;

/** The ways of a client through the API; Tour.ts is the same. Arguments: URL, name, key. */
public final class Tour {
  private static final int LOOKS = 900;

  public static void main(String[] arguments) throws Exception {
    String name = arguments[1];
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    client.setRequestInterceptor(
        request -> request.header("Authorization", "Bearer " + arguments[2]));
    CollectionsApi collections = new CollectionsApi(client);
    DocumentsApi documents = new DocumentsApi(client);

    Recipe recipe = new Recipe().edges(new RecipeEdges().maxNeighbors(3));
    collections.createCollection(
        new NewCollection().name(name).recipe(new WrittenRecipe(recipe)), null);
    Collection made = collections.getCollection(name);
    say("neighbors " + made.getRecipe().getEdges().getMaxNeighbors());

    DocumentBody body = new DocumentBody().title("Foxes").body("The quick brown fox jumps.");
    body.setMetadata(Map.of("year", 2026));
    Document put = documents.putDocument(name, "notes/red fox.md", body, null, null, null);
    say(put.getOutcome() + " version " + put.getVersion());
    Document read = documents.getDocument(name, "notes/red fox.md", null);
    say(read.getTitle() + " " + read.getFormat() + " " + read.getMetadata());
    say("listed " + documents.listDocuments(name, null, 5).getDocuments().size());

    awaitLinked(new StatusApi(client), name);
    Search search = new Search().text("fox").mode(Search.ModeEnum.LEXICAL);
    new SearchApi(client)
        .search(name, search)
        .getHits()
        .forEach(hit -> say("found " + hit.getId() + " " + (hit.getScore() > 0)));

    problem(client, () -> documents.getDocument(name, "none", null));
    problem(
        client, () -> collections.createCollection(new NewCollection().name("No Name"), null));
    documents.deleteDocument(name, "notes/red fox.md", null, null);
    collections.deleteCollection(name, null);
    problem(client, () -> collections.getCollection(name));
  }

  private static void awaitLinked(StatusApi api, String name) throws Exception {
    for (int look = 0; look < LOOKS; look++) {
      Status status = api.getStatus(name);
      if (status.getDocuments() == 1 && status.getLinked() == 1) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("The document is not linked.");
  }

  private static void problem(ApiClient client, Call call) throws Exception {
    try {
      call.make();
      say("no problem");
    } catch (ApiException refused) {
      Problem problem =
          client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
      List<String> fields =
          problem.getErrors() == null
              ? List.of()
              : problem.getErrors().stream().map(error -> error.getField()).toList();
      say(refused.getCode() + " " + problem.getType() + " " + fields);
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private interface Call {
    void make() throws ApiException;
  }
}
