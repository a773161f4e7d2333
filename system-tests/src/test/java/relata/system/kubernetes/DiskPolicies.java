package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Manifests.mebibytes;
import static relata.system.kubernetes.Policy.containers;
import static relata.system.kubernetes.Policy.pods;
import static relata.system.kubernetes.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import relata.system.Project;

/** Where pods keep files: in volumes that are there, and in folders that do not fill the node. */
final class DiskPolicies {
  private static final String API = "Deployment/api-service";
  private static final String GRAPH = "Deployment/graph-service";
  private static final String DATABASE = "StatefulSet/postgresql";
  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";
  private static final String ENV = CONTAINER + "/env";

  /** MiB that a node has for each pod without being asked. */
  private static final long FEW = 4096;

  private static final Pattern POSTGRES = Pattern.compile("/postgres:([0-9]+)");

  /**
   * Of 100: other temporary files, and the answers of one transaction above each import's bound.
   */
  private static final long MOST_PERCENT = 80;

  private DiskPolicies() {}

  static List<Policy> all() {
    return List.of(
        pods(
            "foldersInMemoryOrOnTheNodeAreBounded",
            pod ->
                elements(pod.pod(), "/volumes").stream()
                    .filter(volume -> volume.has("emptyDir"))
                    .filter(volume -> !volume.path("emptyDir").has("sizeLimit"))
                    .map(JsonNode::toString),
            set(API, POD + "/volumes/-", "{name: more, emptyDir: {}}")),
        pods(
            "whoeverMayFillTheNodesDiskAsksForRoomOnIt",
            pod ->
                unless(
                    folders(pod, ".*") <= FEW
                        || pod.main().manifest().at("/resources/requests").has("ephemeral-storage"),
                    "may take " + folders(pod, ".*") + " MiB and asks for none"),
            remove(GRAPH, CONTAINER + "/resources/requests/ephemeral-storage"),
            set(API, POD + "/volumes/0", "{name: tmp, emptyDir: {sizeLimit: 5Gi}}")),
        pods(
            "mountsAreOfVolumesThatExist",
            pod ->
                pod.containers().stream()
                    .flatMap(each -> elements(each.manifest(), "/volumeMounts").stream())
                    .map(mount -> mount.path("name").asText())
                    .filter(
                        name ->
                            Stream.concat(
                                    elements(pod.pod(), "/volumes").stream(),
                                    elements(pod.manifest(), "/spec/volumeClaimTemplates").stream()
                                        .map(claim -> claim.path("metadata")))
                                .noneMatch(volume -> volume.path("name").asText().equals(name))),
            set(API, CONTAINER + "/volumeMounts/-", "{name: nothing, mountPath: /nothing}")),
        containers(
            "postgresqlKeepsItsDataWhereItsImageTakesAVolume",
            DiskPolicies::misplaced,
            set(DATABASE, CONTAINER + "/volumeMounts/0/mountPath", "/var/lib/postgresql/data"),
            set(DATABASE, CONTAINER + "/volumeMounts/0/mountPath", "/var/lib/postgresql/data/18"),
            set(DATABASE, CONTAINER + "/env/0/value", "/var/lib/elsewhere")),
        pods(
            "answersOfImportsFitIntoTheirFolder",
            pod ->
                unless(
                    !pod.name().equals("api-service")
                        || answers(pod.main()) * 100 <= folders(pod, "tmp") * MOST_PERCENT,
                    "imports may have %d Mi of answers in a folder of %d Mi"
                        .formatted(answers(pod.main()), folders(pod, "tmp"))),
            set(API, ENV + "/-", "{name: RELATA_BULK_MAX_ANSWERS, value: 1G}"),
            set(API, ENV + "/-", "{name: RELATA_BULK_MAX_IMPORTS, value: '8'}")));
  }

  /**
   * Since 18 {@code data} is a link in the image, which no runtime mounts a volume over. Data
   * beside the volume would be lost with the pod.
   */
  private static Stream<String> misplaced(Container container) {
    Matcher image = POSTGRES.matcher(container.manifest().path("image").asText());
    if (!image.find() || Integer.parseInt(image.group(1)) < 18) {
      return Stream.empty();
    }
    List<String> mounts =
        elements(container.manifest(), "/volumeMounts").stream()
            .map(mount -> mount.path("mountPath").asText() + "/")
            .toList();
    return Stream.concat(
        mounts.stream().filter(mount -> mount.startsWith("/var/lib/postgresql/data/")),
        unless(
            mounts.stream().anyMatch(container.value("PGDATA")::startsWith),
            "keeps its data in no volume"));
  }

  /** What the folders of such a name may take of the node together, in MiB. */
  private static long folders(Workload pod, String name) {
    return elements(pod.pod(), "/volumes").stream()
        .filter(volume -> volume.path("name").asText().matches(name))
        .map(volume -> volume.at("/emptyDir/sizeLimit").asText())
        .filter(limit -> !limit.isEmpty())
        .mapToLong(Manifests::mebibytes)
        .sum();
  }

  private static long answers(Container api) {
    return Long.parseLong(setting(api, "RELATA_BULK_MAX_IMPORTS", "maxImports"))
        * mebibytes(setting(api, "RELATA_BULK_MAX_ANSWERS", "maxAnswers"));
  }

  /** What the manifest says, and what the service does where it says nothing. */
  private static String setting(Container api, String variable, String name) {
    String value = api.value(variable);
    return value.isEmpty() ? byDefault(name) : value;
  }

  private static String byDefault(String name) {
    try {
      Matcher found =
          Pattern.compile("@WithDefault\\(\"(\\w+)\"\\)\\s+\\w+ %s\\(\\)".formatted(name))
              .matcher(
                  Files.readString(
                      Project.module("api-service")
                          .resolve("src/main/java/relata/api/bulk/BulkConfig.java")));
      if (!found.find()) {
        throw new IllegalStateException("BulkConfig has no " + name);
      }
      return found.group(1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
