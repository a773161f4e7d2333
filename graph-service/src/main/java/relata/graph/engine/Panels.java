package relata.graph.engine;

import java.util.ArrayList;
import java.util.List;

/** Queries as each frame sees them; usually there is one. */
final class Panels {
  private final List<Query> queries;
  private final List<Panel> panels = new ArrayList<>(1);

  Panels(List<Query> queries) {
    this.queries = queries;
  }

  Panel of(Frame frame) {
    for (int i = 0; i < panels.size(); i++) {
      if (panels.get(i).frame() == frame) {
        return panels.get(i);
      }
    }
    panels.add(new Panel(frame, queries));
    return panels.getLast();
  }
}
