package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Policy.pods;
import static relata.system.kubernetes.Policy.unless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relata.system.Project;

/** What services put into folders that are bounded: a pod that fills one is evicted. */
final class DiskPolicies {
  private static final String API = "Deployment/api-service";
  private static final String ENV = "/spec/template/spec/containers/0/env";

  /**
   * Of 100: other temporary files, and the answers of one transaction above each import's bound.
   */
  private static final long MOST_PERCENT = 80;

  private DiskPolicies() {}

  static List<Policy> all() {
    return List.of(
        pods(
            "answersOfImportsFitIntoTheirFolder",
            pod ->
                unless(
                    !pod.name().equals("api-service")
                        || answers(pod.main()) * 100 <= folder(pod) * MOST_PERCENT,
                    "imports may have %d Mi of answers in a folder of %d Mi"
                        .formatted(answers(pod.main()), folder(pod))),
            set(API, ENV + "/-", "{name: RELATA_BULK_MAX_ANSWERS, value: 1G}"),
            set(API, ENV + "/-", "{name: RELATA_BULK_MAX_IMPORTS, value: '8'}")));
  }

  private static long folder(Workload pod) {
    return elements(pod.pod(), "/volumes").stream()
        .filter(volume -> volume.path("name").asText().equals("tmp"))
        .map(volume -> volume.at("/emptyDir/sizeLimit").asText().replace("i", ""))
        .mapToLong(DiskPolicies::mebibytes)
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

  /** Of {@code 512M} or {@code 1G}. */
  private static long mebibytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return size.endsWith("G") ? number * 1024 : number;
  }
}
