package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import relata.local.client.KeysClient;

/** The keys there are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    header = "Lists the keys, without their secrets.")
final class KeysListCommand extends KeyAction {
  private static final String LINE = "%-16s  %-8s  %-16s  %-20s  %-20s  %s%n";

  @Override
  void act(KeysClient keys, PrintWriter out, boolean isJson) {
    List<JsonNode> all = keys.list();
    if (isJson) {
      ArrayNode array = new ObjectMapper().createArrayNode();
      all.forEach(array::add);
      out.println(array);
      return;
    }
    out.printf(LINE, "id", "state", "scopes", "expires", "last used", "name");
    all.forEach(
        key ->
            out.printf(
                LINE,
                key.path("id").asText(),
                state(key, Instant.now()),
                scopes(key),
                seconds(key.path("expiresAt")),
                seconds(key.path("lastUsedAt")),
                key.path("name").asText()));
  }

  private static String state(JsonNode key, Instant now) {
    if (key.hasNonNull("revokedAt")) {
      return "revoked";
    }
    return now.isBefore(Instant.parse(key.path("expiresAt").asText())) ? "works" : "expired";
  }

  private static String seconds(JsonNode time) {
    return time.isTextual() ? time.asText().replaceFirst("\\.\\d+Z$", "Z") : "-";
  }
}
