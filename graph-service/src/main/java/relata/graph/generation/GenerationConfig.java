package relata.graph.generation;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How features come from the database into memory. */
@ConfigMapping(prefix = "relata.generation")
public interface GenerationConfig {
  /**
   * Rows (chunks) fetched at a time. A chunk of 384 dimensions is about 2 kB with its text: more
   * saves round trips, fewer save memory while a generation is loaded.
   */
  @WithDefault("1000")
  int readRows();

  /**
   * Values of a document's metadata that searches can filter by; of a document with more, those
   * that come first in the database's order of the fields. Each is kept for every chunk, about ten
   * bytes.
   */
  @WithDefault("256")
  int maxAttributes();

  /**
   * Documents put into the indexes at a time. More makes loading cheaper, because each time a new
   * state is published to searches.
   */
  @WithDefault("128")
  int applyDocuments();

  /**
   * How long the index of a generation that was switched away from stays in memory. Longer makes a
   * switch back need no loading, shorter frees its memory sooner; it must outlast the searches that
   * were under way at the switch.
   */
  @WithDefault("PT10M")
  Duration retiredGrace();

  /**
   * Folder of the files that vectors are mapped from; a cache, of which nothing is read again after
   * a restart. With one, memory that is short goes first to what is used most, at the cost of
   * reading from disk; without one, the vectors are in the process's own memory and must fit.
   */
  Optional<Path> vectorFolder();

  /**
   * What all indexes may take together: what finds vectors and words, and the vectors, whether they
   * are the process's own memory or mapped from files. One that does not fit beside those in use is
   * refused until there is room. Higher serves more collections from memory; it should leave the
   * process and the system enough to work with. None: all are loaded that are asked for.
   */
  Optional<MemorySize> memoryLimit();

  /**
   * How long nobody must have asked for an index, or written to it, before it makes room for
   * another one. Longer refuses rather than loads again and again what takes turns; shorter lets
   * more collections share the memory, of which each is loaded when it is asked for.
   */
  @WithDefault("PT10M")
  Duration coldAfter();
}
