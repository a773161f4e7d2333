package relata.local.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Short documents, a title and a sentence each, all different from each other and the same on every
 * run.
 *
 * @param edition documents of another edition have the same ids and other texts
 */
record Corpus(String edition) {
  private static final List<String> THINGS =
      List.of(
          "pump",
          "valve",
          "greenhouse",
          "ledger",
          "turbine",
          "orchard",
          "archive",
          "ferry",
          "kiln",
          "telescope",
          "workshop",
          "reservoir",
          "antenna",
          "bakery",
          "tram",
          "quarry");
  private static final List<String> PLACES =
      List.of(
          "the north yard",
          "the old harbour",
          "hall seven",
          "the upper meadow",
          "the east wing",
          "the river lock",
          "the mill",
          "the station",
          "the lower terrace",
          "the annex");
  private static final List<String> EVENTS =
      List.of(
          "was inspected after the storm", "ran without a stop for nine days",
          "needs a new seal before winter", "was moved to make room for the crane",
          "has been measured again by the night shift", "stood still because a fuse had blown",
          "was painted and put back into use", "gave more than anybody had expected");

  static String id(int number) {
    return "d" + number;
  }

  /** A line of a bulk import. */
  String line(int number) {
    return document(number, "").put("id", id(number)).toString();
  }

  /** A line of a bulk import whose sentence has the marker in it. */
  String line(int number, String marker) {
    return document(number, marker).put("id", id(number)).toString();
  }

  /** The body of a single write. */
  String body(int number) {
    return document(number, "").toString();
  }

  private ObjectNode document(int number, String marker) {
    SplittableRandom random = new SplittableRandom(31L * edition.hashCode() + number);
    String thing = pick(THINGS, random);
    String place = pick(PLACES, random);
    return JsonNodeFactory.instance
        .objectNode()
        .put("title", "Report %d %s: the %s at %s".formatted(number, edition, thing, place))
        .put(
            "body",
            "In week %d the %s at %s %s, says entry %d of the %s book.%s"
                .formatted(
                    random.nextInt(1, 53),
                    thing,
                    place,
                    pick(EVENTS, random),
                    number,
                    edition,
                    marker.isEmpty() ? "" : " " + marker));
  }

  private static String pick(List<String> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }
}
