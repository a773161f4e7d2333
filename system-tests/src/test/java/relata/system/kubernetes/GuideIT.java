package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.system.Guide;
import relata.system.Project;
import relata.system.kubernetes.Container.Reference;

/** What {@code docs/operate.md} says to kubectl is about what the overlay has. */
final class GuideIT {
  private static final String NAMESPACE = "relata";

  /** As kubectl abbreviates them. */
  private static final Map<String, String> KINDS =
      Map.of(
          "deployment", "Deployment",
          "service", "Service",
          "cronjob", "CronJob",
          "scaledobject", "ScaledObject",
          "hpa", "HorizontalPodAutoscaler");

  private static final Pattern OBJECT =
      Pattern.compile("(?<=\\s|=)(" + String.join("|", KINDS.keySet()) + ")/([a-z-]+)");
  private static final Pattern MADE =
      Pattern.compile("kubectl create (?:secret generic|configmap) ([a-z-]+) ");
  private static final Pattern FROM = Pattern.compile("--from-(?:file|literal)=([^=\\s]+)");
  private static final Pattern FOLDER = Pattern.compile("(?<= -[kf] )k8s/overlays/mine(\\S*)");
  private static final Pattern IMAGES = Pattern.compile("podman images .* '?([^' ]+)'?\\)");
  private static final Pattern GREP = Pattern.compile("grep -rnE '([^']+)'");
  private static final Pattern LABEL = Pattern.compile("\"(relata/[a-z]+)\":\"true\"");
  private static final Pattern LABELLED =
      Pattern.compile("kubectl label namespace \\S+ (relata/[a-z]+)=true");
  private static final Pattern SELECTED = Pattern.compile("(?<= -l )\\S+");
  private static final Pattern CONNECTIONS = Pattern.compile("([0-9]+) connections for");
  private static final Pattern IN = Pattern.compile("(?<= -n )\\S+");

  /** Of the server in the overlay for trials. */
  private static final String OWN_SERVER = "relata-nats-server";

  private static Manifests production;
  private static List<String> commands;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException, InterruptedException {
    production = Manifests.of("overlays/production");
    commands =
        Guide.blocks().stream()
            .filter(block -> block.name().isEmpty())
            .flatMap(block -> block.commands().stream())
            .filter(command -> command.contains("kubectl"))
            .toList();
  }

  @Test
  void aCopyOfTheOverlayRendersToWhatTheOverlayDoes() throws Exception {
    copy(Project.root().resolve("k8s"), folder.resolve("k8s"));
    String path = Kubectl.program().getParent() + ":" + System.getenv("PATH");
    for (String name : Guide.names(true)) {
      Guide.run(Guide.script(name), folder, Map.of("PATH", path));
    }
    assertEquals(
        production.resources(),
        Manifests.parse(Files.readString(folder.resolve("mine.yaml"))).resources());
  }

  /** Whoever replaces what the guide's grep finds has replaced all that is to be. */
  @Test
  void nothingIsAnExampleButWhatItsGrepFinds() throws Exception {
    copy(Project.root().resolve("k8s"), folder.resolve("k8s"));
    copy(folder.resolve("k8s/overlays/production"), folder.resolve("k8s/overlays/mine"));
    String found =
        GREP.matcher(Guide.script("overlay")).results().findFirst().orElseThrow().group(1);
    Pattern example = Pattern.compile(found);
    Path mine = folder.resolve("k8s/overlays/mine");
    try (Stream<Path> files = Files.list(mine)) {
      for (Path file : files.toList()) {
        Files.writeString(file, example.matcher(Files.readString(file)).replaceAll(".mine"));
      }
    }
    assertEquals(List.of(), example.matcher(Kubectl.kustomize(mine)).results().toList());
  }

  @Test
  void itLabelsTheNamespacesThatThePoliciesLetThrough() {
    assertEquals(
        production
            .ofKind("NetworkPolicy")
            .flatMap(policy -> LABEL.matcher(policy.toString()).results())
            .map(label -> label.group(1))
            .collect(Collectors.toSet()),
        commands.stream()
            .flatMap(command -> LABELLED.matcher(command).results())
            .map(label -> label.group(1))
            .collect(Collectors.toSet()));
  }

  @Test
  void everyObjectThatItNamesIsThere() {
    Set<String> named = new TreeSet<>();
    for (String command : commands) {
      OBJECT
          .matcher(command)
          .results()
          .forEach(
              found -> {
                var _ = production.resource(KINDS.get(found.group(1)), found.group(2));
                named.add(found.group());
              });
      IN.matcher(command).results().forEach(in -> assertEquals(NAMESPACE, in.group(), command));
    }
    assertTrue(
        named.containsAll(Set.of("deployment/api-service", "cronjob/backfill")), named::toString);
    assertEquals(List.of(NAMESPACE), production.names("Namespace"));
  }

  @Test
  void everyLabelThatItSelectsByIsOfWhatItMeans() {
    List<Set<String>> pods =
        production.workloads().stream().map(pod -> pairs(pod.labels())).toList();
    Set<String> jobs =
        pairs(production.resource("CronJob", "backfill").at("/spec/jobTemplate/metadata/labels"));
    List<String> selecting =
        commands.stream().filter(command -> SELECTED.matcher(command).find()).toList();

    for (String command : selecting) {
      String label = SELECTED.matcher(command).results().findFirst().orElseThrow().group();
      if (command.contains(" job ")) {
        assertTrue(jobs.contains(label), command);
      } else {
        assertEquals(
            List.of(), pods.stream().filter(labels -> !labels.contains(label)).toList(), command);
      }
    }
    assertEquals(3, selecting.size(), selecting::toString);
  }

  @Test
  void everyFileThatItAppliesIsThere() {
    List<Path> applied =
        commands.stream()
            .flatMap(command -> FOLDER.matcher(command).results())
            .map(found -> Project.root().resolve("k8s/overlays/production" + found.group(1)))
            .toList();
    assertEquals(List.of(), applied.stream().filter(file -> !Files.exists(file)).toList());
    assertTrue(applied.size() > 1, applied::toString);
  }

  @Test
  void itMakesEverySecretThatTheOverlayAsksFor() {
    Set<String> asked =
        Contract.keys().stream()
            .filter(key -> !key.name().equals(OWN_SERVER))
            .map(GuideIT::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> made =
        commands.stream().flatMap(GuideIT::keysMade).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(asked, made);
  }

  /** A commit's short name may be all digits, which YAML takes for a number. */
  @Test
  void aTagOfDigitsIsATagToo() throws Exception {
    List<String> commands =
        Guide.blocks().stream()
            .flatMap(block -> block.commands().stream())
            .filter(command -> command.contains("newTag"))
            .toList();
    assertEquals(2, commands.size(), commands::toString);
    copy(Project.root().resolve("k8s"), folder.resolve("k8s"));
    copy(folder.resolve("k8s/overlays/production"), folder.resolve("k8s/overlays/mine"));
    String tag = "1234567";
    for (String command : commands) {
      Guide.run("tag=" + tag + '\n' + command, folder, Map.of());
      String rendered = Kubectl.kustomize(folder.resolve("k8s/overlays/mine"));
      assertEquals(
          List.of(),
          Manifests.parse(rendered).workloads().stream()
              .flatMap(pod -> pod.containers().stream())
              .map(container -> container.manifest().path("image").asText())
              .filter(image -> !image.endsWith(':' + tag))
              .toList());
    }
  }

  @Test
  void itAsksForTheConnectionsThatTwoReleasesTake() throws IOException {
    String guide = Files.readString(Project.root().resolve("docs/operate.md"));
    assertEquals(
        List.of(ConnectionPolicies.needed(production)),
        CONNECTIONS
            .matcher(guide)
            .results()
            .map(found -> Integer.parseInt(found.group(1)))
            .toList());
  }

  /** podman takes a name with a slash in it for a pattern, as that of a file. */
  @Test
  void itKeepsEveryImageThatATrialTakes() throws IOException, InterruptedException {
    List<String> own =
        Manifests.of("overlays/local").workloads().stream()
            .flatMap(pod -> pod.containers().stream())
            .map(container -> container.manifest().path("image").asText())
            .filter(image -> image.startsWith("localhost/"))
            .map(image -> image.substring(0, image.lastIndexOf(':')))
            .distinct()
            .toList();
    List<PathMatcher> kept =
        Guide.blocks().stream()
            .flatMap(block -> block.commands().stream())
            .flatMap(command -> IMAGES.matcher(command).results())
            .map(found -> FileSystems.getDefault().getPathMatcher("glob:" + found.group(1)))
            .toList();
    assertEquals(4, own.size(), own::toString);
    assertEquals(1, kept.size(), kept::toString);
    assertEquals(
        List.of(), own.stream().filter(image -> !kept.getFirst().matches(Path.of(image))).toList());
  }

  private static Stream<String> keysMade(String command) {
    return MADE.matcher(command)
        .results()
        .flatMap(
            made ->
                FROM.matcher(command).results().map(from -> made.group(1) + "/" + from.group(1)));
  }

  private static Set<String> pairs(JsonNode labels) {
    return labels.properties().stream()
        .map(label -> label.getKey() + '=' + label.getValue().asText())
        .collect(Collectors.toSet());
  }

  private static String name(Reference key) {
    return key.name() + "/" + key.key();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
