package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relata.contracts.BrokerUsers;
import relata.local.client.RelataClient;
import relata.local.stack.RunningStack;
import relata.local.stack.StackPart;
import relata.local.stack.WorkerJob;
import relata.system.running.SharedStack.Running;

/** The worker as a Job, in a stack that has no other worker and whose broker forgot everything. */
@ExtendWith(SharedStack.class)
final class BackfillIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int DOCUMENTS = 120;

  private static Running running;
  private static Api api;
  private static StackPart worker;

  private final List<String> lines = new ArrayList<>();

  @BeforeAll
  static void use(Running shared) {
    running = shared;
    api = running.api();
    worker = running.stack().workers().getFirst();
  }

  @BeforeEach
  void stopTheWorker() {
    worker.stop();
  }

  @AfterEach
  void startTheWorker() {
    worker.start();
    worker.awaitReady();
  }

  @Test
  void itMakesEverythingThatIsStaleAndEndsWell() throws Exception {
    try (RelataClient client = new RelataClient(api.url())) {
      Corpus.abstracts("backfill", DOCUMENTS).importInto(client);
    }
    running.stack().nats().stop();
    running.stack().nats().deleteStore();
    running.stack().nats().start();

    assertEquals(0, backfill("--collection", "backfill", "--batch", "40"), this::said);
    JsonPath status = api.status("backfill");
    assertEquals(1.0, status.getDouble("coverage"), status::prettify);
    assertEquals(0, status.getInt("pendingCount"), status::prettify);
    api.awaitSettled("backfill", LIMIT);
    assertTrue(said().contains("total=" + status.getInt("documents")), this::said);

    lines.clear();
    running.model().forgetInputs();
    assertEquals(0, backfill("--collection", "backfill"), this::said);
    assertEquals(List.of(), running.model().inputs());
  }

  @Test
  void itSaysByItsExitCodeThatSomeAreDead() {
    api.createCollection("backfill-dead");
    var refusal = new Disturbance.Refusal("arsenic", 400, Optional.empty(), "bad token");
    try (var poison = running.model().disturb(refusal)) {
      api.put("backfill-dead", "poison", "Poison", "There is arsenic in it.");
      api.put("backfill-dead", "water", "Water", "There is nothing in it.");

      assertEquals(2, backfill("--collection", "backfill-dead"), this::said);
    }
    JsonPath status = api.status("backfill-dead");
    assertEquals(1, status.getInt("ready"), status::prettify);
    assertEquals(1, status.getInt("dead"), status::prettify);
  }

  private int backfill(String... arguments) {
    RunningStack stack = RunningStack.in(running.data().getParent()).getFirst();
    List<String> command = new ArrayList<>(List.of("--backfill"));
    command.addAll(List.of(arguments));
    Map<String, String> passwords =
        Map.of(
            "RELATA_DATABASE_PASSWORD",
            "relata",
            "RELATA_NATS_PASSWORD",
            running.nats().passwordOf(BrokerUsers.EMBEDDING_WORKER));
    return WorkerJob.run(stack, passwords, command, lines::add);
  }

  private String said() {
    return String.join("\n", lines);
  }
}
