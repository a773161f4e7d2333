package relata.worker.generation;

/** What is known of a generation id. */
public sealed interface GenerationLookup {
  record Known(Generation generation) implements GenerationLookup {}

  /** Its recipe asks for something that this version of the worker does not do. */
  record Unreadable(String reason) implements GenerationLookup {}

  /** It was deleted. */
  record Gone() implements GenerationLookup {}
}
