package relata.system.layering;

import java.util.List;

/**
 * A package that computes and touches nothing: no framework, no I/O of others, no other package of
 * ours. What it decides can be read, tested and reproduced with the JDK alone.
 */
record PurePackage(Layer layer, String name) {
  static List<PurePackage> all() {
    return List.of(
        new PurePackage(Layer.API, "relata.api.recipe"),
        new PurePackage(Layer.WORKER, "relata.worker.prompt"),
        new PurePackage(Layer.WORKER, "relata.worker.gate"),
        new PurePackage(Layer.WORKER, "relata.worker.split"),
        new PurePackage(Layer.GRAPH, "relata.graph.neighbor"),
        new PurePackage(Layer.GRAPH, "relata.graph.vector"));
  }
}
