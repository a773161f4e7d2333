package relata.contracts;

/**
 * NATS subjects. The last token of an event's subject is the tenant, so that permissions and
 * consumers can be narrowed to one.
 */
public final class Subjects {
  /** Request–reply: {@code EmbedQuery} in, {@code EmbedQueryReply} out. */
  public static final String EMBED_QUERY = "embed.query";

  /** Queue group in which replicas of embedding-worker share {@link #EMBED_QUERY}. */
  public static final String EMBED_QUERY_QUEUE = "embedding-worker";

  /** Request–reply: {@code ModelsRequest} in, {@code ModelsReply} out. */
  public static final String MODELS_STATUS = "models.status";

  /** Request–reply: {@code ModelsRequest} in, {@code ModelsReply} out. */
  public static final String MODELS_ACTIVATE = "models.activate";

  /** Request–reply: {@code ModelsRequest} in, {@code ModelsReply} out. */
  public static final String MODELS_DEACTIVATE = "models.deactivate";

  /** Queue group in which replicas of embedding-worker share the requests about models. */
  public static final String MODELS_QUEUE = "embedding-worker";

  /**
   * Header of an event with the W3C trace context of the request that it comes from, if that is
   * traced.
   */
  public static final String TRACE_HEADER = "traceparent";

  /** All subjects of {@code ContentChanged}. */
  public static final String CONTENT_CHANGED_ALL = "content.changed.*";

  /** All subjects of {@code FeaturesChanged}. */
  public static final String FEATURES_CHANGED_ALL = "features.changed.*";

  /** All subjects of {@code EdgesChanged}. */
  public static final String EDGES_CHANGED_ALL = "edges.changed.*";

  private Subjects() {}

  /** Subject of {@code ContentChanged} for one tenant. */
  public static String contentChanged(String tenant) {
    return "content.changed." + tenant;
  }

  /** Subject of {@code FeaturesChanged} for one tenant. */
  public static String featuresChanged(String tenant) {
    return "features.changed." + tenant;
  }

  /** Subject of {@code EdgesChanged} for one tenant. */
  public static String edgesChanged(String tenant) {
    return "edges.changed." + tenant;
  }
}
