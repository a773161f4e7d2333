package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.client.KeysClient;
import relata.local.client.RelataClient;

/** What is done with the keys of one tenant. */
abstract class KeyAction implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Whose keys. Only with the operator's key, which has no tenant of its own.")
  private String tenant;

  /** Throws {@link #wrong} if the command line is. */
  void check() {}

  abstract void act(KeysClient keys, PrintWriter out, boolean isJson);

  @Override
  public Integer call() {
    check();
    PrintWriter out = spec.commandLine().getOut();
    try (RelataClient client = api.client()) {
      act(new KeysClient(client, Optional.ofNullable(tenant)), out, api.json());
    }
    out.flush();
    return 0;
  }

  final ParameterException wrong(String words) {
    return new ParameterException(spec.commandLine(), words);
  }

  /** The one time that the key is seen: alone in its line, for scripts. */
  static void show(PrintWriter out, JsonNode made, boolean isJson) {
    if (isJson) {
      out.println(made);
      return;
    }
    out.println(made.path("key").asText());
    out.printf(
        "%s of tenant %s may %s until %s. It is not shown again.%n",
        made.path("id").asText(),
        made.path("tenant").asText(),
        scopes(made),
        made.path("expiresAt").asText());
  }

  static String scopes(JsonNode key) {
    return StreamSupport.stream(key.path("scopes").spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(","));
  }
}
