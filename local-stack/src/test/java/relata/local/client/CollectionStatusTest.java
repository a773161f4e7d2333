package relata.local.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CollectionStatusTest {
  @Test
  void hasTheGenerationUnderWayBesideTheOneThatIsServed() throws Exception {
    CollectionStatus status =
        CollectionStatus.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"collection": "notes", "generation": 4, "documents": 10, "ready": 10,
                     "linked": 10, "coverage": 1.0, "ratePerSecond": 0.0, "etaSeconds": 0.0,
                     "building": {"generation": 5, "documents": 10, "ready": 4, "pending": 6,
                                  "coverage": 0.4, "ratePerSecond": 2.0, "etaSeconds": 3.0}}"""));
    CollectionStatus building = status.building().orElseThrow();

    assertTrue(status.isSettled());
    assertEquals("generation 5", building.collection());
    assertEquals(4, building.ready());
    assertEquals(2.0, building.ratePerSecond());
    assertEquals(OptionalDouble.of(3), building.etaSeconds());
  }

  @Test
  void knowsNoEndWhileNothingGetsDone() throws Exception {
    CollectionStatus status =
        CollectionStatus.of(
            new ObjectMapper()
                .readTree(
                    "{\"documents\": 1, \"pending\": 1, \"etaSeconds\": null, \"building\": null}"));

    assertEquals(OptionalDouble.empty(), status.etaSeconds());
    assertTrue(status.building().isEmpty());
  }
}
