package relata.api.change;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import relata.api.change.RecipeChange.Outcome;
import relata.api.collection.FoundCollection;
import relata.api.resolution.Availability;
import relata.api.tenant.Tenant;
import relata.api.tenant.TenantWork;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.FastConductor;
import relata.api.testing.GenerationCalls;
import relata.api.testing.GraphServiceFake;
import relata.api.testing.Made;
import relata.local.testing.BackendsResource;

/** Each collection is written as an earlier start with other settings would have left it. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
@QuarkusTestResource(FastConductor.class)
class FollowDefaultsIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Inject FollowDefaults following;
  @Inject TenantWork tenants;
  @Inject FollowAtStart follower;

  private String collection;
  private long first;

  @Test
  void collectionThatFollowsTheDefaultIsTakenAlongOnce() throws InterruptedException {
    create("\"default\"", "recipe = jsonb_set(recipe, '{edges,maxNeighbors}', '7')");
    assertEquals(1, atOnce(4));
    newest()
        .body("state", is("building"))
        .body("written", is("default"))
        .body("recipe.edges.maxNeighbors", is(10));
    assertEquals(Optional.empty(), follow());
  }

  @Test
  void collectionWithARecipeOfItsOwnKeepsIt() {
    create(
        "{\"embed\":{\"model\":\"all-minilm\"}}",
        "recipe = jsonb_set(recipe, '{edges,maxNeighbors}', '7')");
    assertEquals(Optional.empty(), follow());
  }

  @Test
  void aliasThatStandsForOtherModelsNowChangesTheModelAndNothingElse() {
    create(
        "{\"split\":{\"mode\":\"whole\"},\"describe\":{\"model\":\"old\"}}",
        "recipe = jsonb_set(jsonb_set(recipe, '{embed,model}', '\"old\"'),"
            + " '{edges,maxNeighbors}', '7'), aliases = '{\"embedder\":[\"old\"]}'");
    assertTrue(follow().orElseThrow().isMade());
    newest()
        .body("recipe.embed.model", is("all-minilm"))
        .body("recipe.describe.model", is("old"))
        .body("recipe.split.mode", is("whole"))
        .body("recipe.edges.maxNeighbors", is(7))
        .body("aliases.embedder[0]", is("all-minilm"));
  }

  @Test
  void candidatesThatMeanTheSameModelAreOnlyWrittenDown() {
    create("{}", "aliases = '{\"embedder\":[\"all-minilm\",\"other\"]}'");
    assertEquals(Optional.of(new Outcome(first, false)), follow());
    newest().body("generation", is((int) first)).body("aliases.embedder.size()", is(1));
    assertEquals(Optional.empty(), follow());
  }

  @Test
  void whoCancelledIsNotAskedAgain() {
    create("\"default\"", "recipe = jsonb_set(recipe, '{edges,maxNeighbors}', '7')");
    long second = follow().orElseThrow().generation();
    given().post("/v1/collections/{c}/generations/{g}/cancel", collection, second);
    assertEquals(Optional.empty(), follow());
  }

  @Test
  void whatWasCancelledIsNotFollowed() {
    create(
        "{\"embed\":{\"model\":\"all-minilm\"}}",
        "recipe = jsonb_set(recipe, '{edges,maxNeighbors}', '7')");
    GenerationCalls calls = new GenerationCalls(collection);
    long second = calls.change("\"default\"");
    Database.execute(
        "update content.generation set recipe = jsonb_set(recipe, '{edges,maxNeighbors}', '8')"
            + " where id = ?",
        second);
    calls.action(second, "cancel").statusCode(200);
    assertEquals(Optional.empty(), follow());
  }

  @Test
  void whoRolledBackIsNotAskedAgain() {
    create("\"default\"", "recipe = jsonb_set(recipe, '{edges,maxNeighbors}', '7')");
    long second = follow().orElseThrow().generation();
    GenerationCalls calls = new GenerationCalls(collection);
    Made.all(second);
    calls.awaitState(second, "active");
    calls.action(first, "rollback?force=true").statusCode(200).body("state", is("active"));
    assertEquals(Optional.empty(), follow());
  }

  @Test
  void collectionThatCannotBeReadKeepsNoOtherFromFollowing() throws InterruptedException {
    create("\"default\"", "recipe = '{\"no\":1}'");
    String broken = collection;
    long id = Database.number("select id from content.collection where name = ?", broken);
    create("\"default\"", "recipe = jsonb_set(recipe, '{edges,maxNeighbors}', '7')");
    try {
      long next = follower.followed(id - 1, Availability.UNKNOWN);
      assertEquals(-1, next);
      newest().body("recipe.edges.maxNeighbors", is(10));
    } finally {
      Database.execute("delete from content.collection where name = ?", broken);
    }
  }

  /** A document that is not made keeps the new generation from being switched to. */
  private void create(String recipe, String change) {
    collection = Collections.create(recipe);
    Collections.put(collection, "a", "A");
    first = Database.generation(collection);
    Database.execute("update content.generation set " + change + " where id = ?", first);
  }

  private ValidatableResponse newest() {
    int newest =
        given()
            .get("/v1/collections/{c}/generations", collection)
            .then()
            .statusCode(200)
            .extract()
            .path("generations[0].generation");
    return given().get("/v1/collections/{c}/generations/{g}", collection, newest).then();
  }

  private Optional<Outcome> follow() {
    long id = Database.number("select id from content.collection where name = ?", collection);
    return tenants
        .of(
            Tenant.OF_OPEN_ACCESS,
            () ->
                following.follow(new FoundCollection(id, collection, first), Availability.UNKNOWN))
        .await()
        .atMost(LIMIT);
  }

  /** How many of so many replicas that start at once made a generation. */
  private long atOnce(int replicas) throws InterruptedException {
    Callable<Optional<Outcome>> replica = this::follow;
    try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
      return starts.invokeAll(Stream.generate(() -> replica).limit(replicas).toList()).stream()
          .map(Future::resultNow)
          .flatMap(Optional::stream)
          .filter(Outcome::isMade)
          .count();
    }
  }
}
