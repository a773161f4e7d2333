package relata.graph.engine;

import java.util.Arrays;
import java.util.List;

/**
 * Makes lists of the rows of some full segments. Takes a while, and touches nothing that is in use.
 */
final class Listing {
  private final Settings settings;
  private final Kernels kernels;
  private final State state;
  private final Frame frame;
  private final Segment[] members;

  /** Of the rows that there are, in order: as {@link Lists} has them. */
  private final int[] places;

  /**
   * @param members full segments that the state has, sketched in the frame
   */
  Listing(Settings settings, Kernels kernels, State state, Frame frame, List<Segment> members) {
    this.settings = settings;
    this.kernels = kernels;
    this.state = state;
    this.frame = frame;
    this.members = members.toArray(new Segment[0]);
    places = places();
  }

  private int[] places() {
    int[] found = new int[members.length * settings.segmentRows()];
    int size = 0;
    for (int i = 0; i < members.length; i++) {
      for (int row = 0; row < members[i].rows(); row++) {
        if (state.holds(members[i], row)) {
          found[size++] = i * settings.segmentRows() + row;
        }
      }
    }
    return Arrays.copyOf(found, size);
  }

  private Segment member(int place) {
    return members[place / settings.segmentRows()];
  }

  private int row(int place) {
    return place % settings.segmentRows();
  }

  Lists run(Courtesy courtesy) {
    int count = Math.max(1, places.length / settings.listRows());
    Clustering clustering =
        new Clustering(kernels, new Principal(), frame.width(), count, courtesy::giveWay);
    int[] lists = clustering.run();
    int[] starts = new int[count + 1];
    for (int list : lists) {
      starts[list + 1]++;
    }
    for (int list = 0; list < count; list++) {
      starts[list + 1] += starts[list];
    }
    int[] slots = new int[lists.length];
    int[] next = starts.clone();
    for (int i = 0; i < lists.length; i++) {
      slots[i] = next[lists[i]]++;
    }
    return arranged(slots, starts, clustering.centres(frame));
  }

  private Lists arranged(int[] slots, int[] starts, Centres centres) {
    Sketches sketches = new Sketches(frame, SegmentReader.capacity(slots.length));
    int[] arranged = new int[slots.length];
    int[][] slotOf = new int[members.length][];
    for (int i = 0; i < members.length; i++) {
      slotOf[i] = new int[members[i].rows()];
      Arrays.fill(slotOf[i], Segment.NO_ROW);
    }
    for (int i = 0; i < slots.length; i++) {
      Segment member = member(places[i]);
      sketches.copy(slots[i], member.sketches(), member.slot(row(places[i])));
      arranged[slots[i]] = places[i];
      slotOf[places[i] / settings.segmentRows()][row(places[i])] = slots[i];
    }
    return new Lists(sketches, centres, starts, arranged, members, slotOf, settings.segmentRows());
  }

  /** The principal parts of the rows. */
  private final class Principal implements Clustering.Points {
    @Override
    public int size() {
      return places.length;
    }

    @Override
    public void read(int index, float[] into, int at) {
      Segment member = member(places[index]);
      member.sketches().readPrincipal(member.slot(row(places[index])), into, at);
    }
  }
}
