package relata.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import relata.local.source.FoundFiles;
import relata.local.source.SmartFile;
import relata.local.source.SourceFiles;
import relata.local.source.SourceItem;

/**
 * What the demo imports into one collection.
 *
 * @param searches words that find something in it; at least one
 */
record DemoData(String collection, Path path, boolean smart, List<String> searches) {
  private static final String NATS = "nats-docs";
  private static final String CRANFIELD = "cranfield";
  private static final int MOST_SEARCHES = 3;
  private static final List<String> ABOUT_NATS =
      List.of(
          "how do I make sure that no message is lost",
          "limit what a user may publish and subscribe to",
          "run a cluster on Kubernetes");
  private static final List<String> ABOUT_FLIGHT =
      List.of(
          "heat transfer to a blunt body at hypersonic speed",
          "flutter of thin panels",
          "why does the boundary layer separate");
  private static final List<String> ABOUT_SAMPLE =
      List.of(
          "what to do when the pump stops at night",
          "keeping algae out of the water",
          "when are the seedlings moved");

  DemoData {
    searches = List.copyOf(searches);
  }

  /**
   * The collections that a folder has; the folder itself as one, if it has none of the known.
   *
   * @param sample the folder of this project's own sample
   */
  static List<DemoData> in(Path folder, Path sample) throws IOException {
    List<DemoData> found = new ArrayList<>();
    if (Files.isDirectory(folder.resolve(NATS))) {
      found.add(nats(folder.resolve(NATS)));
    }
    if (Files.exists(folder.resolve("cranfield/cran.all.1400"))) {
      found.add(
          new DemoData(CRANFIELD, folder.resolve("cranfield/cran.all.1400"), true, ABOUT_FLIGHT));
    }
    return found.isEmpty() ? List.of(only(folder, sample)) : List.copyOf(found);
  }

  private static DemoData only(Path folder, Path sample) throws IOException {
    if (folder.endsWith(NATS)) {
      return nats(folder);
    }
    String name = CollectionName.of(folder);
    boolean own = Files.isDirectory(sample) && Files.isSameFile(folder, sample);
    List<String> searches = own ? ABOUT_SAMPLE : SampleTitles.in(folder);
    return new DemoData(name, folder, false, searches.isEmpty() ? List.of(name) : searches);
  }

  private static DemoData nats(Path folder) {
    return new DemoData(NATS, folder, false, ABOUT_NATS);
  }

  /** At most three searches over all that is imported, each with its collection. */
  static List<Search> searches(List<DemoData> all) {
    List<Search> chosen = new ArrayList<>();
    for (int round = 0; round < MOST_SEARCHES; round++) {
      for (DemoData data : all) {
        if (chosen.size() < MOST_SEARCHES && round < data.searches().size()) {
          chosen.add(new Search(data.collection(), data.searches().get(round)));
        }
      }
    }
    return List.copyOf(chosen);
  }

  /**
   * What differs from the default recipe. A handful of short notes has little in common word for
   * word: with the default similarity hardly any two would be linked.
   */
  ObjectNode recipe() {
    ObjectNode recipe = new ObjectMapper().createObjectNode();
    if (!collection.equals(NATS) && !collection.equals(CRANFIELD)) {
      recipe.putObject("edges").put("minSimilarity", 0.4);
    }
    return recipe;
  }

  /** Without reading. */
  FoundFiles find() throws IOException {
    return new SourceFiles(Optional.empty()).find(path);
  }

  void read(Consumer<SourceItem> items) throws IOException {
    if (smart) {
      SmartFile.read(path, items);
    } else {
      new SourceFiles(Optional.empty()).read(path, items);
    }
  }

  /**
   * @param words for a person and for the search alike
   */
  record Search(String collection, String words) {}
}
