package relata.graph.feed;

/** What a generation's thread is to do next. */
sealed interface Turn {
  /** Deal with these events. */
  record Events(GenerationChanges changes) implements Turn {}

  /** Deal with a part of what the events that were not kept had told of. */
  record CatchUp() implements Turn {}

  /** End: there is nothing to do. */
  record Nothing() implements Turn {}
}
