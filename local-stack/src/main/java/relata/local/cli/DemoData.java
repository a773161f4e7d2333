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
 * @param searches words that find something in it
 */
record DemoData(String collection, Path path, boolean smart, List<String> searches) {
  private static final String SAMPLE = "sample";
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

  /** The collections that a folder has; the folder itself as one, if it has none of the known. */
  static List<DemoData> in(Path folder) {
    List<DemoData> found = new ArrayList<>();
    if (Files.isDirectory(folder.resolve("nats-docs"))) {
      found.add(new DemoData("nats-docs", folder.resolve("nats-docs"), false, ABOUT_NATS));
    }
    if (Files.exists(folder.resolve("cranfield/cran.all.1400"))) {
      found.add(
          new DemoData("cranfield", folder.resolve("cranfield/cran.all.1400"), true, ABOUT_FLIGHT));
    }
    return found.isEmpty()
        ? List.of(new DemoData(SAMPLE, folder, false, ABOUT_SAMPLE))
        : List.copyOf(found);
  }

  /** Three searches over all that is imported, each with the collection that it is for. */
  static List<Search> searches(List<DemoData> all) {
    List<Search> chosen = new ArrayList<>();
    for (int round = 0; chosen.size() < 3; round++) {
      for (DemoData data : all) {
        if (chosen.size() < 3) {
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
    if (collection.equals(SAMPLE)) {
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
