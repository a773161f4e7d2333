package relata.graph.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import relata.graph.vector.Matches;

/**
 * Finds all pairs of rows of a state that are similar, each once: rows are taken in blocks, and a
 * block is compared with itself and with what comes after it. What it finds, both sides get.
 */
final class AllPairs {
  private final Kernels kernels;
  private final State state;
  private final double threshold;
  private final Map<Long, Matches> matches = new HashMap<>();

  AllPairs(Kernels kernels, State state, double threshold) {
    this.kernels = kernels;
    this.state = state;
    this.threshold = threshold;
  }

  /**
   * Slots that follow each other.
   *
   * @param parts the one that they are of, and those that come after it
   */
  private record Block(List<Part> parts, int first) {
    Part part() {
      return parts.getFirst();
    }
  }

  Collection<Matches> matches(int threads) {
    // Closed when all of them have ended, so that nobody reads the state after this.
    try (ExecutorService running =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory())) {
      List<Future<?>> blocks = new ArrayList<>();
      try {
        blocks().forEach(block -> blocks.add(running.submit(() -> compare(block))));
        for (Future<?> block : blocks) {
          block.get();
        }
      } finally {
        blocks.forEach(block -> block.cancel(false));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while comparing vectors", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("comparing vectors failed", failed.getCause());
    }
    return matches.values();
  }

  /** Of each dimension the longest come first, so that no thread is left with one in the end. */
  private List<Block> blocks() {
    TreeSet<Integer> dimensions = new TreeSet<>();
    for (Segment segment : state.segments) {
      if (segment != null) {
        dimensions.add(segment.dimension);
      }
    }
    List<Block> blocks = new ArrayList<>();
    for (int dimension : dimensions) {
      List<Part> parts = state.parts(dimension);
      for (int number = 0; number < parts.size(); number++) {
        for (int first = 0; first < parts.get(number).size(); first += Panel.QUERIES) {
          blocks.add(new Block(parts.subList(number, parts.size()), first));
        }
      }
    }
    return blocks;
  }

  private void compare(Block block) {
    Part part = block.part();
    int end = Math.min(block.first() + Panel.QUERIES, part.size());
    List<Query> queries = new ArrayList<>();
    int[] slots = new int[end - block.first()];
    for (int slot = block.first(); slot < end; slot++) {
      Segment segment = part.segment(slot);
      int row = part.row(slot);
      if (state.holds(segment, row) && segment.norms[row] > 0) {
        slots[queries.size()] = slot;
        queries.add(Query.of(segment, row));
      }
    }
    if (!queries.isEmpty()) {
      int[] of = Arrays.copyOf(slots, queries.size());
      new RangeScan(kernels, state, block.parts(), queries, of, threshold, new Found(part, of))
          .run();
    }
  }

  private void found(
      long documentId, int ordinal, long otherId, int otherOrdinal, double similarity) {
    synchronized (matches) {
      matches
          .computeIfAbsent(documentId, Matches::new)
          .offer(otherId, similarity, ordinal, otherOrdinal);
      matches
          .computeIfAbsent(otherId, Matches::new)
          .offer(documentId, similarity, otherOrdinal, ordinal);
    }
  }

  private final class Found implements RangeScan.Pairs {
    private final Part part;
    private final int[] slots;

    Found(Part part, int[] slots) {
      this.part = part;
      this.slots = slots;
    }

    @Override
    public boolean isWanted(int query, long documentId) {
      return documentId != documentId(query);
    }

    private long documentId(int query) {
      return part.segment(slots[query]).documentIds[part.row(slots[query])];
    }

    @Override
    public void found(int query, long documentId, int ordinal, double similarity) {
      int own = part.segment(slots[query]).ordinals[part.row(slots[query])];
      AllPairs.this.found(documentId(query), own, documentId, ordinal, similarity);
    }
  }
}
