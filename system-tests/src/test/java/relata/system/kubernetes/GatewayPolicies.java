package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Policy.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import relata.system.kubernetes.Container.Reference;

/** How clients come in, which production has besides. */
final class GatewayPolicies {
  private static final String GATEWAY = "Gateway/relata";
  private static final String ROUTE = "HTTPRoute/api-service";
  private static final String REDIRECT = "HTTPRoute/to-https";

  /** By type of a match, the paths that are shown. */
  private static final Map<String, String> SHOWN =
      Map.of("PathPrefix", "/v1", "Exact", "/q/openapi");

  private GatewayPolicies() {}

  static List<Policy> all() {
    return Stream.of(
            policy(
                "clientsReachTheApiAloneAndNoMetrics",
                manifests ->
                    rules(manifests)
                        .filter(rule -> rule.has("backendRefs"))
                        .filter(
                            rule ->
                                elements(rule, "/matches").isEmpty()
                                    || elements(rule, "/matches").stream()
                                        .map(match -> match.path("path"))
                                        .anyMatch(path -> !isShown(path))
                                    || elements(rule, "/backendRefs").stream()
                                        .anyMatch(to -> !isApi(manifests, to)))
                        .map(JsonNode::toString),
                remove(ROUTE, "/spec/rules/0/matches"),
                set(ROUTE, "/spec/rules/0/matches/0/path/value", "/"),
                set(ROUTE, "/spec/rules/0/matches/1/path/type", "PathPrefix"),
                set(ROUTE, "/spec/rules/0/backendRefs/0/name", "graph-service"),
                set(ROUTE, "/spec/rules/0/backendRefs/0/port", "8080")),
            policy(
                "clientsAreToldToComeByTls",
                manifests ->
                    plainListeners(manifests)
                        .flatMap(listener -> routes(manifests, listener))
                        .flatMap(route -> elements(route, "/spec/rules").stream())
                        .filter(
                            rule ->
                                rule.has("backendRefs")
                                    || !rule.at("/filters/0/requestRedirect/scheme")
                                        .asText()
                                        .equals("https"))
                        .map(JsonNode::toString),
                set(ROUTE, "/spec/parentRefs/0/sectionName", "http"),
                set(REDIRECT, "/spec/rules/0/filters/0/requestRedirect/scheme", "http")),
            policy(
                "everyRouteHasItsListener",
                manifests ->
                    manifests
                        .ofKind("HTTPRoute")
                        .filter(
                            route ->
                                listeners(manifests).noneMatch(each -> isAttached(route, each)))
                        .map(JsonNode::toString),
                set(ROUTE, "/spec/parentRefs/0/sectionName", "tls"),
                remove(REDIRECT, "/spec/parentRefs/0/sectionName")),
            policy(
                "everyListenerWithTlsHasACertificateOfTheContract",
                manifests ->
                    listeners(manifests)
                        .filter(each -> !isPlain(each))
                        .filter(
                            each ->
                                !Stream.of("tls.crt", "tls.key")
                                    .map(
                                        key ->
                                            new Reference(
                                                each.at("/tls/certificateRefs/0/name").asText(),
                                                key))
                                    .allMatch(Contract.keys()::contains))
                        .map(JsonNode::toString),
                set(GATEWAY, "/spec/listeners/0/tls/certificateRefs/0/name", "mine"),
                remove(GATEWAY, "/spec/listeners/0/tls"),
                set(GATEWAY, "/spec/listeners/1/protocol", "TLS")),
            policy(
                "gatewayTakesRoutesOfItsOwnNamespaceAlone",
                manifests ->
                    listeners(manifests)
                        .filter(
                            each ->
                                !each.at("/allowedRoutes/namespaces/from").asText().equals("Same"))
                        .map(JsonNode::toString),
                set(GATEWAY, "/spec/listeners/0/allowedRoutes/namespaces/from", "All")),
            policy(
                "gatewayHasOnlyFieldsOfItsApi",
                manifests ->
                    Stream.concat(
                        manifests
                            .ofKind("Gateway")
                            .flatMap(each -> strange(each.path("spec"), Fields.GATEWAY)),
                        Stream.concat(
                            listeners(manifests).flatMap(each -> strange(each, Fields.LISTENER)),
                            rules(manifests).flatMap(each -> strange(each, Fields.RULE)))),
                set(GATEWAY, "/spec/class", "mine"),
                set(GATEWAY, "/spec/listeners/0/host", "mine.example"),
                set(ROUTE, "/spec/rules/0/backends", "[]")))
        .map(each -> each.in("production"))
        .toList();
  }

  /** As https://gateway-api.sigs.k8s.io/reference/spec/ has them. */
  private static final class Fields {
    static final Set<String> GATEWAY =
        Set.of("gatewayClassName", "listeners", "addresses", "infrastructure");
    static final Set<String> LISTENER =
        Set.of("name", "hostname", "port", "protocol", "tls", "allowedRoutes");
    static final Set<String> RULE = Set.of("name", "matches", "filters", "backendRefs", "timeouts");
  }

  private static Stream<String> strange(JsonNode node, Set<String> known) {
    return node.properties().stream().map(Map.Entry::getKey).filter(name -> !known.contains(name));
  }

  private static boolean isShown(JsonNode path) {
    return path.path("value").asText().equals(SHOWN.get(path.path("type").asText()));
  }

  private static boolean isApi(Manifests manifests, JsonNode to) {
    return to.path("name").asText().equals("api-service")
        && elements(manifests.resource("Service", "api-service"), "/spec/ports").stream()
            .anyMatch(port -> port.path("port").equals(to.path("port")));
  }

  private static Stream<JsonNode> plainListeners(Manifests manifests) {
    return listeners(manifests).filter(GatewayPolicies::isPlain);
  }

  private static boolean isPlain(JsonNode listener) {
    return listener.path("protocol").asText().equals("HTTP");
  }

  private static Stream<JsonNode> listeners(Manifests manifests) {
    return manifests.ofKind("Gateway").flatMap(each -> elements(each, "/spec/listeners").stream());
  }

  private static Stream<JsonNode> routes(Manifests manifests, JsonNode listener) {
    return manifests.ofKind("HTTPRoute").filter(route -> isAttached(route, listener));
  }

  private static Stream<JsonNode> rules(Manifests manifests) {
    return manifests.ofKind("HTTPRoute").flatMap(each -> elements(each, "/spec/rules").stream());
  }

  private static boolean isAttached(JsonNode route, JsonNode listener) {
    return elements(route, "/spec/parentRefs").stream()
        .anyMatch(
            parent ->
                parent.path("name").asText().equals("relata")
                    && parent.path("sectionName").equals(listener.path("name")));
  }
}
