package relata.contracts;

/**
 * Users of NATS, one a service. What each may publish and hear stands in {@code
 * k8s/components/nats/users.conf}; another subject or stream here is another line there.
 */
public final class BrokerUsers {
  public static final String API_SERVICE = "api-service";
  public static final String EMBEDDING_WORKER = "embedding-worker";
  public static final String GRAPH_SERVICE = "graph-service";

  private BrokerUsers() {}

  /** Where a user's answers come to, which no other user may hear. */
  public static String inboxPrefix(String user) {
    return "_INBOX." + user;
  }
}
