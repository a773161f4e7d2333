package relata.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.client.RelataClient;
import relata.local.stack.ProjectLayout;
import relata.local.stack.RunningStack;

/** Options of the commands that talk to an API which is up. */
final class ApiOptions {
  private static final String DEFAULT_URL = "http://localhost:8080";

  private final Map<String, String> environment;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Where the API answers. Default: RELATA_URL, else the stack that runs in this project, "
              + "else "
              + DEFAULT_URL
              + ".")
  private String url;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "Holds the key to ask with. Default: the key in RELATA_API_KEY; none for an open API.")
  private Path keyFile;

  @Option(names = "--json", description = "Print JSON for a script.")
  private boolean json;

  ApiOptions(Map<String, String> environment) {
    this.environment = environment;
  }

  boolean json() {
    return json;
  }

  RelataClient client() {
    String base =
        Optional.ofNullable(url)
            .or(() -> Optional.ofNullable(environment.get("RELATA_URL")))
            .filter(value -> !value.isBlank())
            .or(() -> runningStack(command, "Name one with --url.").map(RunningStack::url))
            .orElse(DEFAULT_URL);
    if (!base.matches("https?://[^\\s/]+(/\\S*)?")) {
      throw new ParameterException(
          command.commandLine(), "\"" + base + "\" is no URL such as " + DEFAULT_URL + ".");
    }
    return new RelataClient(base, key());
  }

  /** Not an option of its own, for others on the machine see those. */
  private Optional<String> key() {
    if (keyFile == null) {
      return Optional.ofNullable(environment.get("RELATA_API_KEY"))
          .map(String::strip)
          .filter(key -> !key.isEmpty());
    }
    try {
      return Optional.of(Files.readString(keyFile).strip());
    } catch (IOException unreadable) {
      throw new ParameterException(
          command.commandLine(), "--key-file " + keyFile + " cannot be read.", unreadable);
    }
  }

  /** The one that is named, else the only one that there is. */
  String collection(RelataClient client, String named) {
    if (named != null) {
      return named;
    }
    List<String> all = client.collections();
    if (all.size() != 1) {
      throw new ParameterException(
          command.commandLine(),
          all.isEmpty()
              ? "There is no collection yet; ./relata import PATH makes one."
              : "There are several collections: name one with --collection: "
                  + String.join(", ", all));
    }
    return all.getFirst();
  }

  /**
   * The stack that runs in this project, if there is exactly one.
   *
   * @param otherwise what to do when there are several
   * @throws ParameterException if there are several
   */
  static Optional<RunningStack> runningStack(CommandSpec command, String otherwise) {
    List<RunningStack> all = RunningStack.in(ProjectLayout.find().dataFolders());
    if (all.size() > 1) {
      throw new ParameterException(
          command.commandLine(),
          "Several stacks run here: "
              + all.stream()
                  .map(stack -> stack.url() + " on " + stack.dataDirectory())
                  .collect(Collectors.joining(", "))
              + ". "
              + otherwise);
    }
    return all.stream().findFirst();
  }
}
