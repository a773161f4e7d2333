package relata.system.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import relata.system.Project;

/**
 * One rule that all manifests of an overlay keep.
 *
 * @param name what is so, as a test's name
 * @param overlay the only overlay that it is for; empty for every one
 * @param check gives what breaks the rule, in words; empty if nothing does
 * @param damages changes of which each breaks it: a rule that nothing can break says nothing
 */
record Policy(
    String name, String overlay, Function<Manifests, Stream<String>> check, List<Damage> damages) {
  /** As they lie in the folder, so that none is left out because nobody told of it. */
  static final List<String> OVERLAYS = overlays();

  Policy {
    damages = List.copyOf(damages);
    if (damages.isEmpty()) {
      throw new IllegalArgumentException(name + " cannot be broken");
    }
  }

  static Policy policy(String name, Function<Manifests, Stream<String>> check, Damage... damages) {
    return new Policy(name, "", check, List.of(damages));
  }

  /** A rule for everything that makes pods. */
  static Policy pods(String name, Function<Workload, Stream<String>> check, Damage... damages) {
    return policy(
        name,
        manifests ->
            manifests.workloads().stream()
                .flatMap(each -> check.apply(each).map(wrong -> each.name() + ": " + wrong)),
        damages);
  }

  /** A rule for every container of every pod. */
  static Policy containers(
      String name, Function<Container, Stream<String>> check, Damage... damages) {
    return pods(
        name,
        pod ->
            pod.containers().stream()
                .flatMap(each -> check.apply(each).map(wrong -> each.name() + " " + wrong)),
        damages);
  }

  Policy in(String only) {
    return new Policy(name, only, check, damages);
  }

  boolean isFor(String otherOverlay) {
    return overlay.isEmpty() || overlay.equals(otherOverlay);
  }

  List<String> violations(Manifests manifests) {
    return check.apply(manifests).toList();
  }

  private static List<String> overlays() {
    try (Stream<Path> folders = Files.list(Project.root().resolve("k8s/overlays"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Nothing, or what is wrong. */
  static Stream<String> unless(boolean fine, String wrong) {
    return fine ? Stream.empty() : Stream.of(wrong);
  }

  @Override
  public String toString() {
    return name;
  }
}
