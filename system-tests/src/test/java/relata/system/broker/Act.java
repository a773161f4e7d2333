package relata.system.broker;

/** What a user of NATS may try. */
sealed interface Act {
  /** Also every request to JetStream, and every acknowledgement. */
  record Publish(String subject) implements Act {}

  /**
   * @param queue the group; empty for all messages
   */
  record Hear(String subject, String queue) implements Act {
    Hear(String subject) {
      this(subject, "");
    }
  }
}
