package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every policy holds in every overlay, and every one of them can be broken. */
final class PolicyIT {
  private static final List<Policy> POLICIES =
      Stream.of(
              PodPolicies.all(),
              DiskPolicies.all(),
              RolloutPolicies.all(),
              DrainPolicies.all(),
              SettingPolicies.all(),
              FlowPolicies.all(),
              ScalingPolicies.all(),
              ConnectionPolicies.all(),
              GatewayPolicies.all(),
              MonitoringPolicies.all())
          .flatMap(List::stream)
          .toList();

  @ParameterizedTest(name = "{1} in {0}")
  @MethodSource("policiesOfOverlays")
  void holds(String overlay, Policy policy) throws IOException, InterruptedException {
    assertEquals(List.of(), policy.violations(Manifests.of("overlays/" + overlay)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("damagesOfPolicies")
  void isBrokenBy(Policy policy, Damage damage) throws IOException, InterruptedException {
    List<String> violations = new ArrayList<>();
    for (String overlay : Policy.OVERLAYS) {
      Manifests whole = Manifests.of("overlays/" + overlay);
      if (policy.isFor(overlay) && damage.fits(whole)) {
        violations.addAll(policy.violations(damage.done(whole)));
      }
    }

    assertNotEquals(List.of(), violations, policy + " is not broken by " + damage);
  }

  /** What one overlay alone is held to, must be for one that there is. */
  @Test
  void areForOverlaysThatThereAre() {
    assertEquals(
        List.of(),
        POLICIES.stream().filter(each -> Policy.OVERLAYS.stream().noneMatch(each::isFor)).toList());
  }

  @Test
  void areThirtyAtLeastWithANameEach() {
    assertTrue(POLICIES.size() >= 30, POLICIES.size() + " policies");
    assertEquals(
        POLICIES.size(), new HashSet<>(POLICIES.stream().map(Policy::name).toList()).size());
  }

  /** For whoever wants to know what was checked. */
  @AfterAll
  static void list() {
    System.out.println(POLICIES.size() + " policies of the manifests in k8s:");
    POLICIES.forEach(
        each ->
            System.out.println(
                "  "
                    + each.name()
                    + (each.overlay().isEmpty() ? "" : " (" + each.overlay() + ")")));
  }

  static Stream<Arguments> policiesOfOverlays() {
    return Policy.OVERLAYS.stream()
        .flatMap(
            overlay ->
                POLICIES.stream()
                    .filter(each -> each.isFor(overlay))
                    .map(each -> arguments(overlay, each)));
  }

  static Stream<Arguments> damagesOfPolicies() {
    return POLICIES.stream()
        .flatMap(each -> each.damages().stream().map(damage -> arguments(each, damage)));
  }
}
