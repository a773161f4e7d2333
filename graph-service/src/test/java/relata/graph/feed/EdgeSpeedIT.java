package relata.graph.feed;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import relata.graph.generation.GenerationIndex;
import relata.graph.testing.BulkWriter;
import relata.graph.testing.FeatureEvents;
import relata.graph.testing.Fixture;
import relata.graph.testing.Replica;
import relata.graph.testing.Replicas;
import relata.local.testing.BackendsResource;

/**
 * Prints figures; they prove nothing about correctness, and depend on the machine. {@code ./mvnw
 * -pl graph-service test -Dtest=EdgeSpeedIT -Drelata.figures=true -Drelata.figures.documents=20000}
 */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@EnabledIfSystemProperty(named = "relata.figures", matches = "true")
class EdgeSpeedIT {
  private static final int DOCUMENTS = Integer.getInteger("relata.figures.documents", 20_000);
  private static final int DIMENSION = 768;
  private static final int RATE = 1_000;
  private static final int BATCH = 50;

  private Replicas replicas;

  @BeforeEach
  void open() throws Exception {
    replicas = new Replicas();
  }

  @AfterEach
  void close() throws Exception {
    replicas.close();
  }

  @Test
  void linkingWhileDocumentsArrive() throws Exception {
    FeatureEvents.createStream(replicas.nats());
    Fixture fixture = replicas.fixture();
    Fixture.Generation generation = fixture.building(fixture.generation(0.5, 10));
    BulkWriter writer = new BulkWriter(fixture.database(), DIMENSION);
    replicas.start();
    long start = System.nanoTime();
    for (int written = 0; written < DOCUMENTS; written += BATCH) {
      LockSupport.parkNanos(start + written * 1_000_000_000L / RATE - System.nanoTime());
      writer.store(generation, written + 1, BATCH);
      BulkWriter.publish(replicas.nats(), generation, written + 1, BATCH);
      if ((written + BATCH) % (DOCUMENTS / 10) == 0) {
        tell("while writing", written + BATCH, linked(generation), start);
      }
    }
    await()
        .atMost(Duration.ofMinutes(30))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> linked(generation) == DOCUMENTS);
    tell("all linked", DOCUMENTS, DOCUMENTS, start);
    assertEquals(
        DOCUMENTS,
        fixture.number("select count(*) from graph.node where generation_id = ?", generation.id()));
  }

  private long linked(Fixture.Generation generation) throws Exception {
    return replicas
        .fixture()
        .number("select count(*) from graph.node where generation_id = ?", generation.id());
  }

  private static void tell(String when, long written, long linked, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "figure linking when='%s' written=%d linked=%d seconds=%.1f linked_per_second=%.0f"
            + " cpu_seconds=%.1f%n",
        when,
        written,
        linked,
        seconds,
        linked / seconds,
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3);
  }

  @Test
  void heapOfTwoGenerationsOfACollection() throws Exception {
    Fixture fixture = replicas.fixture();
    Fixture.Generation active = fixture.generation(0.5, 10);
    Fixture.Generation building = fixture.building(active);
    BulkWriter writer = new BulkWriter(fixture.database(), DIMENSION);
    for (long first = 1; first <= DOCUMENTS; first += 1_000) {
      writer.store(active, first, 1_000);
      writer.store(building, first, 1_000);
    }
    Replica replica = replicas.start();
    long before = usedAfterCollection();
    for (Fixture.Generation generation : new Fixture.Generation[] {active, building}) {
      long start = System.nanoTime();
      GenerationIndex index = replica.generations().find(generation.id()).orElseThrow();
      double seconds = (System.nanoTime() - start) / 1e9;
      long used = usedAfterCollection() - before;
      System.out.printf(
          "figure heap chunks=%d dimension=%d seconds_to_load=%.1f used_mib=%d vectors_mib=%d"
              + " text_mib=%d%n",
          index.vectors().chunkCount(),
          DIMENSION,
          seconds,
          used >> 20,
          index.vectors().sizeBytes() >> 20,
          index.text().sizeBytes() >> 20);
    }
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
