package relata.graph.index;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class IndexResourceIT extends IndexSituation {
  @Test
  void aRunIsRefusedWithTheReason() throws Exception {
    fixture.store(generation, 1, 1, new float[] {1, 0});
    queries(51);
    tune("{}").statusCode(409).body("detail", containsString("51 queries"));
    queries(60);
    bar(1);
    tune("{}").statusCode(409).body("detail", containsString("minRecall is 1"));
    bar(0.95);
    fixture.run(
        """
        insert into graph.tuning_run (generation_id, cause, seed, min_recall, replica, lease_until)
        values (?, 'hand', 1, 0.95, gen_random_uuid(), now() + interval '1 hour')""",
        generation.id());
    tune("{}").statusCode(409).body("detail", containsString("under way"));
    fixture.run("delete from graph.tuning_run where generation_id = ?", generation.id());
    fixture.run(
        """
        insert into graph.tuning_trial
        select 0, n, ?, 'seek', null, 16, null, null, true, 1, 0.98, 0.5, 1, 1, 1, 1, 1, 1, 1,
               array[1], array[1], array[1], now() - n * interval '1 minute'
          from generate_series(1, 29) n""",
        generation.id());
    index().body("trialsLeft", equalTo(1));
    tune("{}").statusCode(409).body("detail", containsString("within the last hour"));
    fixture.state(generation, "retired");
    tune("{}").statusCode(409).body("detail", containsString("served"));
    fixture.state(generation, "active");
  }

  @Test
  void anIndexThatIsNotHereIsNotTuned() throws Exception {
    fixture.keptIn(generation, "opensearch");
    index()
        .statusCode(200)
        .body("kind", equalTo("opensearch"))
        .body("setting", nullValue())
        .body("neededQueries", nullValue());
    tune("{}").statusCode(409).body("detail", containsString("OpenSearch"));
    fixture.keptIn(generation, "embedded");
    index().body("kind", equalTo("embedded")).body("setting.effort.certain", equalTo(true));
  }

  @Test
  void theJournalIsReadInPages() throws Exception {
    fixture.run(
        """
        insert into graph.tuning_trial
        select 7, n, ?, 'seek', null, 16, null, null, true, 1, 0.98, 0.5, 1, 1, 1, 1, 1, 1, 1,
               array[1], array[1], array[1], now() - interval '2 hours'
          from generate_series(1, 3) n""",
        generation.id());
    String next =
        given()
            .get(INDEX + "/trials?limit=2", generation.id())
            .then()
            .statusCode(200)
            .body("trials.id", equalTo(List.of("7.3", "7.2")))
            .extract()
            .path("next");
    given()
        .get(INDEX + "/trials?limit=2&after=" + next, generation.id())
        .then()
        .body("trials.id", equalTo(List.of("7.1")))
        .body("next", nullValue());
    given().get(INDEX + "/trials?limit=0", generation.id()).then().statusCode(400);
    given().get(INDEX + "/trials?after=x", generation.id()).then().statusCode(400);
  }

  @Test
  void badRequestsNameWhatIsWrong() {
    tune("{\"seed\":-1}").statusCode(400).body("detail", containsString("\"seed\""));
    tune("{\"sed\":1}").statusCode(400).body("detail", containsString("sed"));
    given().get(INDEX, 999_999_999).then().statusCode(404);
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post(INDEX + "/tune", 999_999_999)
        .then()
        .statusCode(404);
    given().get(INDEX + "/runs/1/replay", generation.id()).then().statusCode(404);
  }
}
