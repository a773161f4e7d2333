package relata.system.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import relata.system.Project;

/** OpenAPI Generator, as a program: the libraries in it are not those of the tests. */
final class ClientGenerator {
  private static final Path PROGRAM =
      Project.module("system-tests").resolve("target/client-tools/openapi-generator-cli.jar");

  private ClientGenerator() {}

  /**
   * Writes the sources of a client.
   *
   * @param description the OpenAPI document
   * @param generator which of its generators
   * @param options what this generator needs to be told
   */
  static void generate(Path description, String generator, List<String> options, Path folder)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                PROGRAM.toString(),
                "generate",
                "-i",
                description.toString(),
                "-g",
                generator,
                "-o",
                folder.toString(),
                "--global-property",
                "apis,models,supportingFiles"));
    command.addAll(options);
    Command.run(description.getParent(), command);
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
