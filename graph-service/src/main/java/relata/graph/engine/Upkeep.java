package relata.graph.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done in the background, a step at a time: frames that fit the vectors there are, sketches
 * in these frames, lists of these, and moving what is left out of segments that are mostly empty. A
 * step holds up writers only while it publishes, or moves a few rows, and readers never.
 */
final class Upkeep {
  private static final int SAMPLE = 2048;

  private final Settings settings;
  private final Kernels kernels;
  private final Publication publication;
  private final Store store;
  private final Courtesy courtesy;
  private final Object writer;

  /** By dimension how many rows there were when a frame was last to be made. */
  private final Map<Integer, Integer> framedAt = new HashMap<>();

  Upkeep(
      Settings settings,
      Kernels kernels,
      Publication publication,
      Store store,
      Courtesy courtesy,
      Object writer) {
    this.settings = settings;
    this.kernels = kernels;
    this.publication = publication;
    this.store = store;
    this.courtesy = courtesy;
    this.writer = writer;
  }

  /** Whether there is something to do. The caller is the writer. */
  boolean isDue() {
    return !publication.isClean()
        || unframed().isPresent()
        || store.outdated() >= 0
        || !store.unlisted().isEmpty()
        || store.sparse() >= 0;
  }

  /** What became of {@link #next}. */
  enum Step {
    /** Something was done, and there may be more to do. */
    DONE,
    /** What is left is done a little later: readers are still there, or somebody writes. */
    WAITED,
    /** Nothing was to be done. */
    NOTHING
  }

  /** Does the next thing that is to be done. */
  Step next() {
    Optional<Integer> dimension;
    int outdated;
    synchronized (writer) {
      publication.cleanUp();
      dimension = unframed();
      outdated = store.outdated();
      if (dimension.isEmpty() && outdated < 0) {
        List<Integer> unlisted = store.unlisted();
        // As many as may be listed together have nothing to wait for.
        if (!unlisted.isEmpty() && store.haveRoom(unlisted) && courtesy.awaitMore()) {
          return Step.WAITED;
        }
        courtesy.awaitNoMore();
        if (unlisted.isEmpty()) {
          return compact() ? Step.DONE : publication.isClean() ? Step.NOTHING : Step.WAITED;
        }
      }
    }
    if (dimension.isPresent()) {
      frame(dimension.get());
    } else if (outdated >= 0) {
      sketch(outdated);
    } else {
      list();
    }
    return Step.DONE;
  }

  private Optional<Integer> unframed() {
    for (Map.Entry<Integer, Integer> of : store.chunks().entrySet()) {
      if (settings.sketches(of.getKey()) && of.getValue() >= framedFrom(of.getKey())) {
        return Optional.of(of.getKey());
      }
    }
    return Optional.empty();
  }

  private long framedFrom(int dimension) {
    Frame frame = store.frame(dimension);
    int before = Math.max(framedAt.getOrDefault(dimension, 0), frame == null ? 0 : frame.rows());
    return before == 0 ? settings.sketchedRows() : (long) Settings.GROWTH * before;
  }

  private void frame(int dimension) {
    List<float[]> sample;
    int rows;
    try (Publication.Reading reading = publication.read()) {
      sample = sample(reading.state(), dimension);
      rows = Math.max(1, reading.state().chunks);
    }
    // Of vectors that cannot be sketched there is no frame, until there are more.
    Optional<Frame> frame =
        sample.isEmpty()
            ? Optional.empty()
            : Optional.of(Frame.of(sample, rows, dimension, settings.principal(), kernels));
    synchronized (writer) {
      int now = Math.max(rows, store.chunks().getOrDefault(dimension, 0));
      framedAt.put(dimension, now);
      // As many as there are now, or an index that is loaded again would soon need another.
      frame.map(made -> made.withRows(now)).ifPresent(store::setFrame);
    }
  }

  /** Vectors from everywhere, evenly. */
  private static List<float[]> sample(State state, int dimension) {
    List<float[]> sample = new ArrayList<>();
    int step = Math.max(1, state.chunks / SAMPLE);
    int next = 0;
    for (int number = 0; number < state.segments.length; number++) {
      Segment segment = state.segments[number];
      if (segment == null || segment.dimension != dimension) {
        continue;
      }
      for (int row = 0; row < state.filled[number]; row++) {
        if (state.holds(segment, row) && Frame.isTame(segment.norms[row]) && next++ % step == 0) {
          float[] vector = new float[dimension];
          segment.read(row, vector, 0);
          sample.add(vector);
        }
      }
    }
    return sample;
  }

  private void sketch(int number) {
    // Nothing that was read here is overwritten or released before the reading is closed.
    try (Publication.Reading reading = publication.read()) {
      Segment segment;
      Frame frame;
      int filled;
      synchronized (writer) {
        State newest = publication.current();
        segment = number < newest.segments.length ? newest.segments[number] : null;
        frame = segment == null ? null : store.frame(segment.dimension);
        if (segment == null
            || segment.frame() == frame
            || !isIn(reading.state(), number, segment)) {
          return;
        }
        filled = reading.state().filled[number];
      }
      Sketches sketches = new Sketches(frame, segment.rows());
      Store.sketch(segment, sketches, 0, filled);
      synchronized (writer) {
        store.replace(number, segment, sketches, filled);
      }
    }
  }

  private void list() {
    List<Segment> members = new ArrayList<>();
    List<Integer> numbers;
    Publication.Reading reading;
    synchronized (writer) {
      // Asked again: what was to be listed may be gone.
      numbers = store.unlisted();
      if (numbers.isEmpty()) {
        return;
      }
      reading = publication.read();
      for (int number : numbers) {
        members.add(reading.state().segments[number]);
      }
    }
    try (reading) {
      Frame frame = members.getFirst().frame();
      courtesy.begin();
      Lists lists = new Listing(settings, kernels, reading.state(), frame, members).run(courtesy);
      synchronized (writer) {
        store.replace(numbers, members, lists);
      }
    }
  }

  private static boolean isIn(State state, int number, Segment segment) {
    return number < state.segments.length && state.segments[number] == segment;
  }

  private boolean compact() {
    int sparse = store.sparse();
    if (sparse < 0) {
      return false;
    }
    store.move(sparse, settings.moveRows());
    store.publish();
    return true;
  }
}
