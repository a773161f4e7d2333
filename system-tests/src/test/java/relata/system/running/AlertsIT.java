package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import relata.local.model.SyntheticBehaviour;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.local.testing.Certificates;
import relata.system.kubernetes.ScrapeConfiguration;
import relata.system.kubernetes.ScrapeConfiguration.Target;
import relata.system.monitoring.Dashboards;
import relata.system.monitoring.Prometheus;
import relata.system.monitoring.ShippedRules;
import relata.system.running.Faults.Fault;

/**
 * Every alert that is shipped fires when what it is about goes wrong, with a real Prometheus that
 * reads the shipped rules and scrapes what the shipped PodMonitor selects. Only the clock is
 * faster: a minute of theirs is a second, and each second is scraped.
 */
final class AlertsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int DIMENSION = 768;
  private static final String COLLECTION = "watched";
  private static final Pattern REPLICA = Pattern.compile("-\\d+$");

  /** Fires from the start: the worker is held to less than it takes. */
  private static final String MEMORY = "RelataMemory";

  /** Seen by Prometheus as firing. */
  private static final Set<String> FIRED = new HashSet<>();

  @TempDir static Path folder;

  private static ModelProxy model;
  private static RelataStack stack;
  private static Faults faults;
  private static Prometheus prometheus;

  /** What goes wrong, and who must be told. */
  record Scenario(String name, Set<String> alerts, Callable<Fault> fault) {
    static Scenario of(String name, Callable<Fault> fault, String... alerts) {
      return new Scenario(name, Set.of(alerts), fault);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Scenario> scenarios() {
    return List.of(
        Scenario.of("an event is no event", () -> faults.eventIsNoEvent(), "RelataEventUnreadable"),
        Scenario.of(
            "the model refuses a document",
            () -> faults.modelRefusesADocument(),
            "RelataDeadLetters"),
        Scenario.of(
            "the model answers nothing",
            () -> faults.modelAnswersNothing(),
            "RelataModelSilent",
            "RelataModelLeftAlone",
            "RelataOldestPending",
            "RelataCoverage",
            "RelataSearchByWordsAlone"),
        Scenario.of("the broker is away", () -> faults.brokerIsAway(), "RelataOutboxAge"),
        Scenario.of(
            "graph-service may not read features",
            () -> faults.graphMayNotReadFeatures(),
            "RelataConsumerStalled",
            "RelataIndexBehind",
            "RelataSweepFails"),
        Scenario.of(
            "snapshots cannot be written",
            () -> faults.snapshotsCannotBeWritten(),
            "RelataSnapshotFails"),
        Scenario.of("replicas differ", () -> faults.replicasDiffer(), "RelataReplicasDisagree"),
        Scenario.of(
            "graph-service stumbles", () -> faults.graphServiceStumbles(), "RelataSearchSlow"),
        Scenario.of(
            "the worker dies", () -> faults.workerDies(), "RelataServiceAway", "RelataReplicaDown"),
        Scenario.of(
            "no graph-service is there", () -> faults.graphServicesDie(), "RelataRequestErrors"),
        Scenario.of(
            "a collection finds no memory", () -> faults.memoryIsTaken(), "RelataIndexRefused"),
        Scenario.of("a caller goes wild", AlertsIT::aCallerGoesWild, "RelataRateRefused"),
        Scenario.of(
            "an authority is not renewed", AlertsIT::authorityEnds, "RelataCertificateExpires"));
  }

  @BeforeAll
  static void start() throws Exception {
    model = ModelProxy.start();
    believed(90);
    stack = RelataStack.start(options(), System.out::println);
    Api api = new Api(stack.url());
    faults = new Faults(stack, model, new Database(stack.postgres()), COLLECTION);
    api.createCollection(COLLECTION);
    faults.write("sound", 200);
    api.awaitSettled(COLLECTION, LIMIT);
    // Its limits are the usual ones; what it is searched by must be loaded first.
    Awaitility.await("a first search")
        .atMost(LIMIT)
        .untilAsserted(() -> api.search(COLLECTION, "sound", "hybrid"));
    Path own = Files.createDirectory(folder.resolve("prometheus"));
    prometheus =
        Prometheus.start(
            own,
            ShippedRules.read().inSeconds(),
            ScrapeConfiguration.plain(own).jobs(targets(), Map.of()));
  }

  @AfterAll
  static void stop() throws IOException {
    if (prometheus != null) {
      prometheus.close();
      System.out.printf(
          "%d of %d alerts fired%n", FIRED.size(), Set.copyOf(ShippedRules.read().names()).size());
    }
    if (stack != null) {
      stack.close();
    }
    model.close();
  }

  /** Everything that waits for a time waits less, so that a test need not. */
  private static StackOptions options() throws IOException {
    return StackOptions.in(folder.resolve("stack"))
        .withReplicas(1, 2)
        .withSyntheticModel(SyntheticBehaviour.instant(DIMENSION))
        .withModelRoute(model::route)
        .withEnvironment(Part.API, "QUARKUS_CONFIG_LOCATIONS", limits("").toString())
        .withEnvironment(Part.WORKER, "QUARKUS_CONFIG_LOCATIONS", settings())
        .withEnvironment(Part.WORKER, "RELATA_MEMORY_LIMIT", "64M")
        .withEnvironment(Part.WORKER, "RELATA_SWEEP_EVERY", "2s")
        .withEnvironment(Part.WORKER, "RELATA_CANARY_EVERY", "1s")
        .withEnvironment(Part.WORKER, "RELATA_CANARY_LIMIT", "1s")
        .withEnvironment(Part.WORKER, "RELATA_BUSY_LONGEST", "2s")
        .withEnvironment(Part.WORKER, "RELATA_BUSY_TRIAL", "3s")
        .withEnvironment(Part.WORKER, "RELATA_CLAIM_LONGEST_BACKOFF", "2s")
        .withEnvironment(Part.WORKER, "QUARKUS_REST_CLIENT_OLLAMA_READ_TIMEOUT", "3000")
        .withEnvironment(Part.WORKER, "RELATA_INTAKE_LOOK_EVERY", "1s")
        .withEnvironment(Part.GRAPH, "RELATA_FEED_VERIFY_EVERY", "1s")
        .withEnvironment(Part.GRAPH, "RELATA_SNAPSHOT_CHECK", "1s")
        .withEnvironment(Part.GRAPH, "RELATA_SNAPSHOT_INTERVAL", "1s")
        // Only when it is asked for, so that replicas can differ for a while: it is asked for, too,
        // when the broker does not answer.
        .withEnvironment(Part.GRAPH, "RELATA_NATS_CONNECTION_TIMEOUT", "20s")
        .withEnvironment(Part.GRAPH, "RELATA_NATS_PING_INTERVAL", "10s")
        .withEnvironment(Part.GRAPH, "RELATA_SWEEP_INTERVAL", "1h")
        .withEnvironment(Part.GRAPH, "RELATA_GENERATION_MEMORY_LIMIT", "24M");
  }

  /** A certificate that the worker watches, and with which it does nothing else. */
  private static String settings() throws IOException {
    return Files.writeString(
            folder.resolve("worker.properties"),
            """
            quarkus.tls.services.trust-store.pem.certs=%s
            relata.tls.reload-period=1s
            """
                .formatted(folder.resolve("believed.crt")))
        .toString();
  }

  private static void believed(int days) throws IOException {
    Path made = Certificates.authority(folder.resolve("for-" + days), days).certificate();
    Files.copy(made, folder.resolve("believed.crt"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Fault authorityEnds() throws IOException {
    believed(2);
    return () -> believed(90);
  }

  /** Callers are known, and have a rate, where access is not open; it is for as long as this is. */
  private static Fault aCallerGoesWild() throws Exception {
    limits(
        """
        # Before what the stack says of it.
        config_ordinal=500
        relata.access.open=false
        relata.access.operator-file=%s
        relata.rate.per-second=1
        relata.rate.burst=1
        """
            .formatted(Operator.file(folder)));
    Fault wild = faults.aCallerGoesWild();
    return () -> {
      wild.close();
      limits("");
      Faults.restart(stack.api());
    };
  }

  /** What api-service reads at its start. */
  private static Path limits(String settings) throws IOException {
    return Files.writeString(folder.resolve("api.properties"), settings);
  }

  /** All that the operator would find in a cluster. */
  private static List<Target> targets() {
    return stack.parts().stream()
        .filter(part -> stack.model().filter(part::equals).isEmpty())
        .map(
            part ->
                new Target(
                    REPLICA.matcher(part.name()).replaceAll(""),
                    part.name(),
                    part.url().substring("http://".length())))
        .toList();
  }

  @Test
  void everyAlertHasAFaultThatItIsTriedWith() throws IOException {
    Set<String> tried =
        scenarios().stream()
            .flatMap(scenario -> scenario.alerts().stream())
            .collect(Collectors.toCollection(HashSet::new));
    tried.add(MEMORY);
    assertEquals(new HashSet<>(ShippedRules.read().names()), tried);
  }

  @Test
  void everyPanelOfTheDashboardsShowsSomething() throws Exception {
    // A service that a fault has had restarted counts from nothing.
    faults.write("shown", 1);
    try (Searches _ = new Searches(stack.url(), COLLECTION)) {
      for (Map.Entry<String, List<String>> panel : Dashboards.queries("relata").entrySet()) {
        for (String query : panel.getValue()) {
          await(panel.getKey() + " to show " + query, () -> prometheus.has(query));
        }
      }
    }
  }

  @Test
  void aServiceThatTakesMoreThanItMayIsToldOf() {
    await(MEMORY, () -> prometheus.firing().contains(MEMORY));
    FIRED.add(MEMORY);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whatGoesWrongIsToldAndNoMoreWhenItIsOver(Scenario scenario) throws Exception {
    await("quiet before", () -> none(scenario.alerts()));
    Set<String> missing = new HashSet<>(scenario.alerts());
    try (Fault _ = scenario.fault().call()) {
      await(
          scenario + " to be told of: " + scenario.alerts(),
          () -> {
            missing.removeAll(prometheus.firing());
            return missing.isEmpty();
          });
      FIRED.addAll(scenario.alerts());
    }
    await("quiet after", () -> none(scenario.alerts()));
  }

  private static boolean none(Set<String> alerts) {
    return Stream.of(prometheus.firing()).flatMap(Set::stream).noneMatch(alerts::contains);
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(condition);
  }
}
