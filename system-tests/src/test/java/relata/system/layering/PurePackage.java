package relata.system.layering;

import java.util.List;
import java.util.stream.Stream;

/**
 * A package that computes and touches nothing: no framework, no I/O of others, no package of ours
 * that is not pure itself. What it decides can be read, tested and reproduced with the JDK alone.
 */
record PurePackage(Layer layer, String name) {
  static List<PurePackage> all() {
    return List.of(
        new PurePackage(Layer.API, "relata.api.recipe"),
        new PurePackage(Layer.WORKER, "relata.worker.prompt"),
        new PurePackage(Layer.WORKER, "relata.worker.gate"),
        new PurePackage(Layer.WORKER, "relata.worker.recent"),
        new PurePackage(Layer.WORKER, "relata.worker.split"),
        new PurePackage(Layer.GRAPH, "relata.graph.engine"),
        new PurePackage(Layer.GRAPH, "relata.graph.neighbor"),
        new PurePackage(Layer.GRAPH, "relata.graph.vector"));
  }

  /** The names of a layer's. */
  static Stream<String> of(Layer layer) {
    return all().stream().filter(pure -> pure.layer() == layer).map(PurePackage::name);
  }
}
