package relata.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.local.bulk.BulkImport;
import relata.local.bulk.ImportSummary;
import relata.local.client.RelataClient;
import relata.local.source.CsvColumns;
import relata.local.source.FoundFiles;
import relata.local.source.SourceFiles;

/** Brings files into a collection. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    header = "Imports files and folders into a collection.",
    description =
        "Markdown and text are a document each, with the path inside the folder as its id; NDJSON "
            + "has one {\"id\",\"title\",\"body\",\"format\",\"metadata\"} a line; CSV has one "
            + "a row. What is there already is changed only if it differs. Exit code 1 if "
            + "something was rejected, or a folder has no document.")
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or folders.")
  private List<Path> paths;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      description = "Made if it is not there. Default: the only one that there is.")
  private String collection;

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description =
          "Of the texts, if the collection is made: en (the default), de, fr, ..., or standard.")
  private String language;

  @Option(names = "--id-column", paramLabel = "COLUMN", description = "CSV: the ids.")
  private String idColumn;

  @Option(names = "--title-column", paramLabel = "COLUMN", description = "CSV: the titles.")
  private String titleColumn;

  @Option(
      names = "--body-column",
      paramLabel = "COLUMN",
      description = "CSV: the texts. Other columns become metadata.")
  private String bodyColumn;

  @Override
  public Integer call() throws IOException {
    SourceFiles files = new SourceFiles(columns());
    for (Path path : paths) {
      files
          .refusal(path)
          .ifPresent(
              words -> {
                throw new ParameterException(spec.commandLine(), words);
              });
    }
    PrintWriter err = spec.commandLine().getErr();
    List<Path> full = withDocuments(files, err);
    if (full.isEmpty()) {
      return 1;
    }
    try (RelataClient client = api.client()) {
      String target = target(client);
      ensure(client, target);
      BulkImport bulk =
          new BulkImport(
              client,
              target,
              rejection -> {
                err.println(rejection.location() + ": " + rejection.detail());
                err.flush();
              });
      for (Path path : full) {
        files.read(path, bulk);
      }
      ImportSummary summary = bulk.finish();
      print(target, summary);
      return summary.rejected() == 0 && full.size() == paths.size() ? 0 : 1;
    }
  }

  /** Says what is left out, and which folder has nothing to import. */
  private List<Path> withDocuments(SourceFiles files, PrintWriter err) throws IOException {
    List<Path> full = new ArrayList<>();
    for (Path named : paths) {
      Path path = named.toAbsolutePath().normalize();
      FoundFiles found = files.find(path);
      LeftOutLines.print(found.leftOut(), err::println);
      if (found.files().isEmpty()) {
        err.println(named + " has no document to import.");
      } else {
        full.add(path);
      }
    }
    err.flush();
    return full;
  }

  private String target(RelataClient client) {
    if (collection == null && client.collections().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "There is no collection yet: name the one to make with --collection.");
    }
    return api.collection(client, collection);
  }

  private void ensure(RelataClient client, String target) {
    ObjectNode recipe = new ObjectMapper().createObjectNode();
    if (language != null) {
      recipe.put("language", language);
    }
    client.ensureCollection(target, recipe);
    String there = client.collection(target).path("recipe").path("language").asText("en");
    if (language != null && !language.equals(there)) {
      throw new ParameterException(
          spec.commandLine(),
          "The collection is there with the language %s; PUT .../recipe changes it."
              .formatted(there));
    }
  }

  private Optional<CsvColumns> columns() {
    if (idColumn == null) {
      if (titleColumn != null || bodyColumn != null) {
        throw new ParameterException(
            spec.commandLine(), "--title-column and --body-column need --id-column.");
      }
      return Optional.empty();
    }
    return Optional.of(
        new CsvColumns(
            idColumn, Optional.ofNullable(titleColumn), Optional.ofNullable(bodyColumn)));
  }

  private void print(String target, ImportSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    if (api.json()) {
      ObjectNode answer =
          new ObjectMapper()
              .createObjectNode()
              .put("collection", target)
              .put("created", summary.created())
              .put("updated", summary.updated())
              .put("unchanged", summary.unchanged())
              .put("rejected", summary.rejected());
      out.println(answer);
    } else {
      out.println(target + ": " + summary + ".");
    }
    out.flush();
  }
}
