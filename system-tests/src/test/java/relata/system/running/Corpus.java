package relata.system.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import relata.local.bulk.BulkImport;
import relata.local.bulk.ImportSummary;
import relata.local.client.RelataClient;
import relata.local.source.SmartFile;
import relata.local.source.SourceFiles;
import relata.local.source.SourceItem;
import relata.system.Project;

/** Real documents: the large ones beside the project if they are there, else its own sample. */
record Corpus(String collection, Reader reader) {
  static List<Corpus> all() {
    Path shared = Project.root().resolveSibling("shared").resolve("data");
    List<Corpus> found = new ArrayList<>();
    if (Files.isDirectory(shared.resolve("nats-docs"))) {
      found.add(notes("nats-docs", shared.resolve("nats-docs")));
    }
    if (Files.exists(shared.resolve("cranfield/cran.all.1400"))) {
      Path abstracts = shared.resolve("cranfield/cran.all.1400");
      found.add(new Corpus("cranfield", items -> SmartFile.read(abstracts, items)));
    }
    if (found.isEmpty()) {
      System.out.println("There is no " + shared + ": the sample of local-stack is read.");
      return List.of(notes("sample", Project.module("local-stack").resolve("sample")));
    }
    return found;
  }

  /** The first few hundred of real documents that say much in little, under another name. */
  static Corpus abstracts(String collection, int limit) {
    Reader reader = all().getLast().reader;
    return new Corpus(
        collection,
        items -> {
          AtomicInteger left = new AtomicInteger(limit);
          reader.read(
              item -> {
                if (left.getAndDecrement() > 0) {
                  items.accept(item);
                }
              });
        });
  }

  private static Corpus notes(String collection, Path folder) {
    return new Corpus(collection, items -> new SourceFiles(Optional.empty()).read(folder, items));
  }

  ImportSummary importInto(RelataClient client) throws IOException {
    client.ensureCollection(collection);
    List<String> rejected = new ArrayList<>();
    BulkImport bulk =
        new BulkImport(client, collection, rejection -> rejected.add(rejection.toString()));
    reader.read(bulk);
    ImportSummary summary = bulk.finish();
    if (!rejected.isEmpty()) {
      throw new IllegalStateException("rejected: " + rejected);
    }
    return summary;
  }

  /** Hands each document to the consumer. */
  @FunctionalInterface
  interface Reader {
    void read(Consumer<SourceItem> items) throws IOException;
  }
}
