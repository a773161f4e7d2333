package relata.local.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.client.RelataClient;

/** The whole graph for other tools. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    header = "Writes the whole graph as JSON or GraphML.")
final class GraphExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      description = "Default: the only one that there is.")
  private String collection;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description = "json (node-link) or graphml. Default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where to, which is replaced when the export is whole. Default: standard output.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    if (!format.equals("json") && !format.equals("graphml")) {
      throw new ParameterException(
          spec.commandLine(), "--format must be json or graphml, not " + format + ".");
    }
    if (output != null && Files.isDirectory(output)) {
      throw new ParameterException(
          spec.commandLine(), "--output " + output + " is a folder: name a file in it.");
    }
    try (RelataClient client = api.client()) {
      String name = api.collection(client, collection);
      if (output == null) {
        client.export(name, format, System.out);
        // It keeps to itself what it could not write.
        if (System.out.checkError()) {
          throw new IOException("Standard output did not take the whole export.");
        }
      } else {
        toFile(client, name, output.toAbsolutePath());
      }
      return 0;
    }
  }

  /** A file that is there is whole. */
  private void toFile(RelataClient client, String name, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream target = Files.newOutputStream(part)) {
        client.export(name, format, target);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
