package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.client.RelataClient;

/** A command that asks one question about one collection. */
abstract class Question implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      description = "Default: the only one that there is.")
  private String collection;

  abstract JsonNode ask(RelataClient client, String collection);

  /** The answer for a person. */
  abstract void print(PrintWriter out, JsonNode answer);

  /** Refuses options that make no sense, before anybody is asked. */
  void check() {}

  final ParameterException wrong(String words) {
    return new ParameterException(spec.commandLine(), words);
  }

  @Override
  public final Integer call() {
    check();
    PrintWriter out = spec.commandLine().getOut();
    try (RelataClient client = api.client()) {
      JsonNode answer = ask(client, api.collection(client, collection));
      if (api.json()) {
        out.println(answer);
      } else {
        print(out, answer);
      }
      out.flush();
      return 0;
    }
  }
}
