package relata.api.testing;

/** What graph-service answers to the question how two generations compare. */
public final class Comparisons {
  public static final String PATH = "/internal/comparisons";

  private Comparisons() {}

  /** Everything in common but for the overlap of queries, and recall that became better. */
  public static void answer(double queryOverlap) {
    GraphServiceFake.reply(
        PATH,
        200,
        """
        {"documents":{"count":2,"overlap":1.0},"queries":{"count":1,"overlap":%s},
         "judged":{"count":1,"recall":{"current":0.4,"candidate":0.5},
                   "ndcg":{"current":0.3,"candidate":0.6}},
         "edges":{"current":1,"candidate":1,"overlap":1.0},"notices":[]}"""
            .formatted(queryOverlap));
  }

  /** Comparisons take until {@link GraphServiceFake#letGo}. */
  public static void hang() {
    GraphServiceFake.reply(PATH, 0, "{}");
  }

  public static void away() {
    GraphServiceFake.reply(PATH, 503, "{\"title\":\"Busy\"}");
  }
}
