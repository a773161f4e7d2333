package relata.system.running;

import static org.hamcrest.Matchers.lessThan;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Recipes and generations of a running stack, as the tests use them. */
public final class GenerationsApi {
  private static final String ALL = "/v1/collections/{collection}/generations";
  private static final String RECIPE = "/v1/collections/{collection}/recipe";

  private final String url;

  public GenerationsApi(String url) {
    this.url = url;
  }

  /** What a recipe would change; nothing is made. */
  public JsonPath plan(String collection, Map<String, ?> recipe) {
    Response answer = Api.json(url).queryParam("dryRun", true).body(recipe).put(RECIPE, collection);
    return answer.then().statusCode(200).extract().jsonPath();
  }

  /** Asks for a recipe; gives the generation that has it or will have it. */
  public long change(String collection, Map<String, ?> recipe) {
    return generation(Api.json(url).body(recipe).put(RECIPE, collection));
  }

  /** The same, although there may be one that has it. */
  public long rebuild(String collection, Map<String, ?> recipe) {
    return generation(
        Api.json(url).queryParam("rebuild", true).body(recipe).put(RECIPE, collection));
  }

  public Response tryChange(String collection, Map<String, ?> recipe) {
    return Api.json(url).body(recipe).put(RECIPE, collection);
  }

  public JsonPath get(String collection, long generation) {
    return Api.json(url)
        .get(ALL + "/{generation}", collection, generation)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** The newest first. */
  public List<Long> ids(String collection) {
    return Api.json(url)
        .get(ALL, collection)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("generations.generation", Long.class);
  }

  /** Takes a step: pause, resume, cancel, evaluate, switch or rollback; gives the generation. */
  public JsonPath step(String collection, long generation, String step) {
    return tryStep(collection, generation, step, false)
        .then()
        .statusCode(lessThan(300))
        .extract()
        .jsonPath();
  }

  public Response tryStep(String collection, long generation, String step, boolean isForced) {
    var request = Api.json(url);
    if (isForced) {
      request.queryParam("force", true);
    }
    return request.post(ALL + "/{generation}/{step}", collection, generation, step);
  }

  /** Waits until the generation is in the state. */
  public void awaitState(String collection, long generation, String state, Duration limit) {
    Awaitility.await("generation " + generation + " to be " + state)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              JsonPath found = get(collection, generation);
              if (!found.getString("state").equals(state)) {
                throw new AssertionError(found.prettify());
              }
            });
  }

  /** Waits until a building generation has everything that it needs to be switched to. */
  public void awaitWhole(String collection, long generation, Duration limit) {
    Awaitility.await("generation " + generation + " to be whole")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              JsonPath found = get(collection, generation);
              if (!Boolean.TRUE.equals(found.get("whole"))) {
                throw new AssertionError(found.prettify());
              }
            });
  }

  /** Gives the collection a recipe, whatever it has, and waits until it is served. */
  public long become(String collection, Map<String, ?> recipe, Duration limit) {
    long generation = change(collection, recipe);
    awaitState(collection, generation, "active", limit);
    return generation;
  }

  private static long generation(Response answer) {
    return answer.then().statusCode(lessThan(300)).extract().jsonPath().getLong("generation");
  }
}
