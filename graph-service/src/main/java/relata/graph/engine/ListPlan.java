package relata.graph.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which segments are put into lists next. Full ones that are in none are listed together once they
 * are enough, and lists are made anew with them as far as there is room: of lists that were made
 * apart a search has to look into some of each (docs/adr/0045-lists-are-made-together.md).
 */
final class ListPlan {
  private final Settings settings;
  private final List<Segment> segments;
  private final int[] filled;
  private final int[] alive;

  /** Full segments that are in no lists. */
  private final List<Integer> unlisted = new ArrayList<>();

  private final Map<Lists, Group> groups = new IdentityHashMap<>();

  private static final class Group {
    private final Lists lists;
    private final List<Integer> numbers = new ArrayList<>();
    private int rows;

    Group(Lists lists) {
      this.lists = lists;
    }

    /** Whether most of its slots are of rows that are gone. */
    boolean isHollow() {
      return 2 * rows < lists.size();
    }
  }

  private ListPlan(Settings settings, List<Segment> segments, int[] filled, int[] alive) {
    this.settings = settings;
    this.segments = segments;
    this.filled = filled;
    this.alive = alive;
  }

  /**
   * The numbers of segments that are to be listed together, of one dimension; none if nothing is to
   * be done.
   */
  static List<Integer> next(
      Settings settings, List<Segment> segments, int[] filled, int[] alive, int dimension) {
    ListPlan plan = new ListPlan(settings, segments, filled, alive);
    plan.survey(dimension);
    return plan.choose();
  }

  private void survey(int dimension) {
    for (int number = 0; number < segments.size(); number++) {
      Segment segment = segments.get(number);
      if (segment == null || segment.dimension != dimension) {
        continue;
      }
      if (segment.lists() != null) {
        Group group = groups.computeIfAbsent(segment.lists(), Group::new);
        group.numbers.add(number);
        group.rows += alive[number];
      } else if (segment.sketches() != null && filled[number] == segment.rows()) {
        unlisted.add(number);
      }
    }
  }

  private List<Integer> choose() {
    int waiting = unlisted.stream().mapToInt(number -> alive[number]).sum();
    List<Group> smallestFirst = new ArrayList<>(groups.values());
    smallestFirst.sort(Comparator.comparingInt(group -> group.rows));
    boolean isMore = waiting >= settings.listedRows();
    if (!isMore && smallestFirst.stream().noneMatch(Group::isHollow)) {
      return List.of();
    }
    List<Integer> chosen = new ArrayList<>();
    int rows = 0;
    for (Group group : smallestFirst) {
      if (group.isHollow() && rows + group.rows <= settings.mostListed()) {
        chosen.addAll(group.numbers);
        rows += group.rows;
      }
    }
    for (int number : unlisted) {
      if (rows + alive[number] <= settings.mostListed()) {
        chosen.add(number);
        rows += alive[number];
      }
    }
    for (Group group : smallestFirst) {
      // For the sake of a hollow one those are left alone that are larger than what is left of it.
      boolean isWorthIt = isMore || group.rows <= rows;
      if (!group.isHollow() && isWorthIt && rows + group.rows <= settings.mostListed()) {
        chosen.addAll(group.numbers);
        rows += group.rows;
      }
    }
    return chosen;
  }
}
