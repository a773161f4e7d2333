package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.add;
import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Policy.containers;
import static relata.system.kubernetes.Policy.pods;
import static relata.system.kubernetes.Policy.policy;
import static relata.system.kubernetes.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import relata.system.kubernetes.Container.Reference;

/** Where pods have their settings and secrets from. */
final class SettingPolicies {
  private static final String API = "Deployment/api-service";
  private static final String WORKER = "Deployment/embedding-worker";
  private static final String ENV = "/spec/template/spec/containers/0/env";
  private static final String SCHEMA = "/spec/template/spec/initContainers/0";

  /** Read by the JVM and the C library under it, and by Quarkus itself. */
  private static final Set<String> FRAMEWORK =
      Set.of(
          "JDK_JAVA_OPTIONS",
          "MALLOC_ARENA_MAX",
          "QUARKUS_PROFILE",
          "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS");

  /** In the contract, and not needed where everything is in one namespace. */
  private static final Set<String> FROM_OTHERS_IN_ONE_OVERLAY =
      Set.of(
          "relata-ca",
          "relata-operator",
          "api-service-tls",
          "graph-service-tls",
          "relata-gateway-tls");

  private static final Pattern USED = Pattern.compile("\\$\\(([A-Z_]+)\\)");
  private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("://[^/@\\s]+:[^/@\\s]+@");

  private SettingPolicies() {}

  static List<Policy> all() {
    return List.of(
        pods(
            "servicesGetOnlyVariablesThatTheyRead",
            pod ->
                pod.isService() || pod.isJob() ? unknown(pod.main(), pod.module()) : Stream.empty(),
            set(API, ENV + "/-", "{name: RELATA_OUTBOX_POLL_INTERVALL, value: 1s}"),
            set(API, ENV + "/-", "{name: OLLAMA_URL, value: x}"),
            set(
                "CronJob/backfill",
                "/spec/jobTemplate" + ENV + "/-",
                "{name: RELATA_RATE, value: x}")),
        pods(
            "logsAreJson",
            pod ->
                unless(
                    !(pod.isService() || pod.isJob())
                        || pod.main().isSet("RELATA_LOG_JSON", "true"),
                    "lines for people"),
            set(WORKER, ENV, "[]"),
            set("CronJob/backfill", "/spec/jobTemplate" + ENV, "[]")),
        pods(
            "logsOfRequestsHaveTheIdsOfTraces",
            pod ->
                unless(
                    !pod.isService() || pod.main().isSet("RELATA_TRACES_DISABLED", "false"),
                    "no ids"),
            set(API, ENV, "[]"),
            set(WORKER, ENV, "[{name: RELATA_TRACES_DISABLED, value: 'true'}]")),
        pods(
            "servicesAreToldWhereTheirNeighboursAre",
            pod ->
                Stream.of("RELATA_DATABASE_URL", "RELATA_NATS_URL")
                    .filter(name -> pod.isService() || pod.isJob())
                    .filter(name -> !pod.main().variables().contains(name)),
            set(WORKER, ENV, "[{name: JDK_JAVA_OPTIONS, value: x}]")),
        pods(
            "servicesGetThePasswordOfTheirOwnRoleAlone",
            pod -> {
              Map<String, String> roles =
                  Map.of(
                      "api-service", "api-password",
                      "embedding-worker", "worker-password",
                      "graph-service", "graph-password",
                      "backfill", "worker-password");
              Set<Reference> secrets = new HashSet<>(secretsOf(pod, pod.main()));
              // A hash that is nobody's password.
              secrets.removeIf(
                  key -> key.name().equals("relata-operator") && pod.name().equals("api-service"));
              secrets.removeIf(key -> key.name().equals(pod.name() + "-tls"));
              return unless(
                  !roles.containsKey(pod.name())
                      || secrets.equals(
                          Set.of(
                              new Reference("relata-database", roles.get(pod.name())),
                              new Reference("relata-nats", roles.get(pod.name())))),
                  secretsOf(pod, pod.main()).toString());
            },
            set(
                API,
                ENV + "/-",
                "{name: P, valueFrom: {secretKeyRef: {name: relata-schema-owner, key: password}}}"),
            set(
                API,
                ENV + "/0/valueFrom",
                "{secretKeyRef: {name: relata-database, key: graph-password}}"),
            set(
                API,
                ENV + "/0/valueFrom",
                "{secretKeyRef: {name: relata-nats, key: worker-password}}"),
            set(
                API,
                ENV + "/-",
                "{name: P, valueFrom: {secretKeyRef: {name: graph-service-tls, key: tls.key}}}")),
        containers(
            "variablesAreMadeOfEarlierOnes",
            SettingPolicies::forward,
            set(
                WORKER,
                SCHEMA + "/env/0",
                "{name: RELATA_SCHEMA_URL, value: jdbc:$(RELATA_DATABASE_URL)}")),
        containers(
            "variablesAreSetOnce",
            each ->
                unless(
                    new HashSet<>(each.variables()).size() == each.variables().size(),
                    "sets one twice"),
            set(API, ENV + "/-", "{name: RELATA_DATABASE_URL, value: x}")),
        policy(
            "settingsComeFromKeysThatExist",
            manifests -> {
              Set<Reference> there = keys(manifests, "ConfigMap");
              return containersOf(manifests)
                  .flatMap(each -> each.configMapKeys().stream())
                  .filter(key -> !there.contains(key))
                  .map(Reference::toString);
            },
            remove("ConfigMap/relata", "/data/RELATA_NATS_URL")),
        policy(
            "settingsAreAllUsed",
            manifests -> {
              Set<Reference> used =
                  containersOf(manifests)
                      .flatMap(each -> each.configMapKeys().stream())
                      .collect(Collectors.toSet());
              return keys(manifests, "ConfigMap").stream()
                  .filter(key -> key.name().matches("relata(-[a-z0-9]{10})?"))
                  .filter(key -> !used.contains(key))
                  .map(Reference::toString);
            },
            set("ConfigMap/relata", "/data/RELATA_OLD", "x")),
        policy(
            "mountedConfigurationExistsOrIsInTheContract",
            manifests ->
                volumes(manifests, "/configMap/name")
                    .filter(name -> !manifests.names("ConfigMap").contains(name))
                    .filter(
                        name -> Contract.keys().stream().noneMatch(key -> key.name().equals(name))),
            set(API, "/spec/template/spec/volumes/-", "{name: x, configMap: {name: mine}}")),
        policy(
            "secretsAreInTheContract",
            manifests ->
                manifests.workloads().stream()
                    .flatMap(
                        pod ->
                            pod.containers().stream()
                                .flatMap(each -> secretsOf(pod, each).stream()))
                    .filter(key -> !Contract.keys().contains(key))
                    .map(Reference::toString),
            set(
                WORKER,
                ENV + "/0/valueFrom",
                "{secretKeyRef: {name: relata-database, key: ollama-password}}"),
            set(API, ENV + "/-", "{name: X, valueFrom: {secretKeyRef: {name: mine, key: x}}}")),
        policy(
                "generatedSecretsAreThoseOfTheContract",
                manifests ->
                    unless(
                        keys(manifests, "Secret").stream()
                            .map(SettingPolicies::plain)
                            .collect(Collectors.toSet())
                            .equals(
                                Contract.keys().stream()
                                    .filter(key -> !FROM_OTHERS_IN_ONE_OVERLAY.contains(key.name()))
                                    .collect(Collectors.toSet())),
                        keys(manifests, "Secret").toString()),
                remove("Secret/relata-database", "/data/api-password"))
            .in("local"),
        policy(
                "noSecretIsCommitted",
                manifests -> manifests.names("Secret").stream(),
                add(
                    "{apiVersion: v1, kind: Secret, metadata: {name: x, namespace: relata}, stringData: {a: b}}"))
            .in("production"),
        containers(
                "secretsAreFiles",
                each -> each.secretKeys().stream().map(Reference::toString),
                set(
                    API,
                    ENV + "/0",
                    "{name: RELATA_DATABASE_PASSWORD, valueFrom: {secretKeyRef: {name: relata-database, key: api-password}}}"))
            .in("production"),
        pods(
                "secretsAreReadWhereTheyAreMounted",
                pod -> pod.containers().stream().flatMap(each -> astray(pod, each)),
                set(API, ENV + "/0/value", "file:/etc/relata/secrets"),
                set(API, SCHEMA + "/env/2/value", "/etc/relata/owner/user"),
                set(
                    API,
                    "/spec/template/spec/volumes/1/projected/sources/0/secret/items/0/path",
                    "PASSWORD"))
            .in("production"),
        policy(
            "noPasswordStandsInAValue",
            manifests ->
                Stream.concat(
                        containersOf(manifests)
                            .flatMap(each -> elements(each.manifest(), "/env").stream())
                            .filter(
                                each ->
                                    (each.path("name").asText().endsWith("PASSWORD")
                                            && each.has("value"))
                                        || hasPassword(each.path("value"))),
                        manifests
                            .ofKind("ConfigMap")
                            .flatMap(each -> elements(each, "/data").stream())
                            .filter(SettingPolicies::hasPassword))
                    .map(JsonNode::toString),
            set(API, ENV + "/-", "{name: RELATA_DATABASE_PASSWORD, value: geheim}"),
            set("ConfigMap/relata", "/data/RELATA_NATS_URL", "nats://me:secret@nats:4222")),
        policy(
            "addressOfTheModelIsToldToTheWorkerAlone",
            manifests ->
                manifests.workloads().stream()
                    .filter(pod -> pod.isService() || pod.isJob())
                    .filter(
                        pod ->
                            pod.containers().stream()
                                    .anyMatch(each -> each.variables().contains("OLLAMA_URL"))
                                != Set.of("embedding-worker", "backfill").contains(pod.name()))
                    .map(Workload::name),
            set(API, ENV + "/-", "{name: OLLAMA_URL, value: http://ollama:11434}")),
        policy(
            "ownersPasswordIsSeenByTheSchemaAlone",
            manifests ->
                manifests.workloads().stream()
                    .filter(pod -> !pod.name().equals("postgresql"))
                    .flatMap(
                        pod ->
                            pod.containers().stream()
                                .filter(each -> !each.name().equals("schema"))
                                .filter(
                                    each ->
                                        secretsOf(pod, each).stream()
                                            .anyMatch(
                                                key -> key.name().equals("relata-schema-owner")))
                                .map(Container::name)),
            set(
                WORKER,
                ENV + "/-",
                "{name: P, valueFrom: {secretKeyRef: {name: relata-schema-owner, key: password}}}")));
  }

  private static Stream<String> unknown(Container container, String service) {
    Settings settings = Settings.of(service);
    return container.variables().stream()
        .filter(name -> !FRAMEWORK.contains(name) && !settings.knows(name));
  }

  /**
   * Files that a container's manifest names, and that no mounted Secret has. Those that a ConfigMap
   * names, if any, are not looked up.
   */
  private static Stream<String> astray(Workload pod, Container container) {
    Set<String> files =
        elements(container.manifest(), "/volumeMounts").stream()
            .flatMap(mount -> filesOf(pod, mount).stream())
            .collect(Collectors.toSet());
    return container.variables().stream()
        .flatMap(
            name ->
                switch (name) {
                  // A folder: its files are called as the settings.
                  case "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS" ->
                      Stream.of("/RELATA_DATABASE_PASSWORD", "/RELATA_NATS_PASSWORD")
                          .map(file -> container.value(name) + file);
                  default ->
                      name.endsWith("_FILE") && name.startsWith("RELATA_")
                          ? Stream.of(container.value(name))
                          : Stream.empty();
                })
        .filter(file -> !file.isEmpty() && !files.contains(file));
  }

  private static Set<String> filesOf(Workload pod, JsonNode mount) {
    String folder = mount.path("mountPath").asText() + "/";
    return elements(pod.pod(), "/volumes").stream()
        .filter(volume -> volume.path("name").equals(mount.path("name")))
        .flatMap(SettingPolicies::secretsIn)
        .flatMap(
            secret ->
                secret.has("items")
                    ? elements(secret, "/items").stream().map(item -> item.path("path").asText())
                    : Contract.keys().stream()
                        .filter(key -> key.name().equals(nameOf(secret)))
                        .map(Reference::key))
        .map(file -> folder + file)
        .collect(Collectors.toSet());
  }

  /** A volume's one Secret, or the several that are projected into it. */
  private static Stream<JsonNode> secretsIn(JsonNode volume) {
    return Stream.concat(
            Stream.of(volume.path("secret")),
            elements(volume, "/projected/sources").stream().map(source -> source.path("secret")))
        .filter(JsonNode::isObject);
  }

  private static String nameOf(JsonNode secret) {
    return secret.path(secret.has("secretName") ? "secretName" : "name").asText();
  }

  private static Stream<String> forward(Container container) {
    List<JsonNode> variables = elements(container.manifest(), "/env");
    Set<String> earlier = new HashSet<>();
    Stream.Builder<String> wrong = Stream.builder();
    for (JsonNode variable : variables) {
      USED.matcher(variable.path("value").asText())
          .results()
          .map(use -> use.group(1))
          .filter(name -> !earlier.contains(name))
          .forEach(wrong);
      earlier.add(variable.path("name").asText());
    }
    return wrong.build();
  }

  /** By variables and by mounted files; all keys of a Secret if it is mounted whole. */
  private static Set<Reference> secretsOf(Workload pod, Container container) {
    Set<Reference> found = new HashSet<>(container.secretKeys());
    Set<String> mounted =
        elements(container.manifest(), "/volumeMounts").stream()
            .map(each -> each.path("name").asText())
            .collect(Collectors.toSet());
    elements(pod.pod(), "/volumes").stream()
        .filter(volume -> mounted.contains(volume.path("name").asText()))
        .flatMap(SettingPolicies::secretsIn)
        .forEach(
            secret -> {
              String name = nameOf(secret);
              List<JsonNode> items = elements(secret, "/items");
              items.forEach(item -> found.add(new Reference(name, item.path("key").asText())));
              if (items.isEmpty()) {
                Set<Reference> whole =
                    Contract.keys().stream()
                        .filter(key -> key.name().equals(plain(new Reference(name, "")).name()))
                        .collect(Collectors.toSet());
                found.addAll(whole.isEmpty() ? Set.of(new Reference(name, "all")) : whole);
              }
            });
    return found.stream().map(SettingPolicies::plain).collect(Collectors.toSet());
  }

  /** Without the hash that kustomize puts behind a generated name. */
  private static Reference plain(Reference key) {
    return new Reference(key.name().replaceFirst("-[a-z0-9]{10}$", ""), key.key());
  }

  private static Set<Reference> keys(Manifests manifests, String kind) {
    return manifests
        .ofKind(kind)
        .flatMap(
            each ->
                each.path("data").properties().stream()
                    .map(
                        entry -> new Reference(each.at("/metadata/name").asText(), entry.getKey())))
        .collect(Collectors.toSet());
  }

  private static boolean hasPassword(JsonNode value) {
    return PASSWORD_IN_ADDRESS.matcher(value.asText()).find();
  }

  private static Stream<String> volumes(Manifests manifests, String pointer) {
    return manifests.workloads().stream()
        .flatMap(pod -> elements(pod.pod(), "/volumes").stream())
        .map(volume -> volume.at(pointer))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  private static Stream<Container> containersOf(Manifests manifests) {
    return manifests.workloads().stream().flatMap(pod -> pod.containers().stream());
  }
}
