package relata.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of a tenant, as Relata's REST API makes and ends them. */
public final class KeysClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Requests requests;
  private final String tenant;

  /**
   * @param tenant whose keys; only the operator names one
   */
  public KeysClient(RelataClient client, Optional<String> tenant) {
    this.requests = client.requests();
    this.tenant = tenant.map(name -> "tenant=" + Requests.encoded(name)).orElse("");
  }

  /**
   * Makes a key. The answer has it under {@code key}, and nothing else ever shows it.
   *
   * @param lifetime empty for the deployment's usual one
   */
  public JsonNode create(String name, List<String> scopes, Optional<Duration> lifetime) {
    ObjectNode key = JSON.createObjectNode().put("name", name);
    scopes.forEach(key.putArray("scopes")::add);
    lifetime
        .map(Instant.now()::plus)
        .ifPresent(end -> key.put("expiresAt", end.truncatedTo(ChronoUnit.SECONDS).toString()));
    return requests.post(path("", ""), key.toString());
  }

  /** All of them, those that ended, too. */
  public List<JsonNode> list() {
    List<JsonNode> keys = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = requests.get(path("", after));
      page.path("keys").forEach(keys::add);
      after = page.path("next").isTextual() ? "after=" + page.get("next").asText() : "";
    } while (!after.isEmpty());
    return List.copyOf(keys);
  }

  public void revoke(String id) {
    requests.delete(path("/" + Requests.encoded(id), ""));
  }

  /**
   * Makes a key like another one, which ends after a while.
   *
   * @param overlap how long both work
   */
  public JsonNode rotate(String id, Duration overlap) {
    return requests.post(
        path("/" + Requests.encoded(id) + "/rotate", ""),
        JSON.createObjectNode().put("overlapSeconds", overlap.toSeconds()).toString());
  }

  private String path(String rest, String parameter) {
    List<String> parameters = new ArrayList<>(List.of(tenant, parameter));
    parameters.removeIf(String::isEmpty);
    return "/v1/keys" + rest + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
  }
}
