package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code k8s/components/tracing} upon each overlay, as somebody adds it who has a collector. */
final class TracingIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void opensTheWayToTheCollectorAndNoOther(String overlay) throws Exception {
    Set<Flow> more = new HashSet<>(Flow.of(traced(overlay)));
    more.removeAll(Flow.of(Manifests.of("overlays/" + overlay)));
    Set<Flow> listed = new HashSet<>(Contract.flows("tracing"));
    listed.removeAll(Contract.flows("both"));

    assertEquals(3, listed.size(), listed::toString);
    assertEquals(listed, more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void tellsTheServicesWhereTheCollectorIs(String overlay) throws Exception {
    Manifests traced = traced(overlay);

    for (String service : Workload.SERVICES) {
      List<String> variables = traced.container(service).variables();
      assertTrue(
          variables.containsAll(List.of("RELATA_TRACES_ENDPOINT", "RELATA_TRACES_RATIO")),
          service + " has " + variables);
    }
    for (Policy policy : SettingPolicies.all()) {
      if (policy.isFor(overlay)) {
        assertEquals(List.of(), policy.violations(traced), policy::toString);
      }
    }
    Damage unused = Damage.set("ConfigMap/relata", "/data/RELATA_TRACES_OLD", "x");
    assertNotEquals(
        List.of(),
        SettingPolicies.all().stream()
            .flatMap(policy -> policy.violations(unused.done(traced)).stream())
            .toList());
  }

  private Manifests traced(String overlay) throws IOException, InterruptedException {
    return Manifests.with("tracing", overlay, folder);
  }
}
