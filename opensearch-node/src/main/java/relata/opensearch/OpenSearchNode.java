package relata.opensearch;

import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node of a cluster on the loopback interface, with the k-NN plugin. It is not started as
 * OpenSearch's own program is, which wants an account and limits of the operating system for
 * itself.
 */
public final class OpenSearchNode {
  private static final String HOST = "127.0.0.1";

  private OpenSearchNode() {}

  /**
   * Runs until the process is ended.
   *
   * @param arguments the node's name; its roles, separated by commas; the ports for HTTP and for
   *     other nodes; name and port of the node that makes the cluster; the folder for its data
   */
  public static void main(String[] arguments) throws InterruptedException {
    String manager = arguments[4];
    OpenSearchRunner runner = new OpenSearchRunner();
    // The ports are given, not looked for.
    runner.setMaxHttpPort(-1);
    runner.onBuild(
        (number, settings) -> {
          settings.put("node.name", arguments[0]);
          settings.putList("node.roles", List.of(arguments[1].split(",", -1)));
          settings.put("network.host", HOST);
          settings.put("http.port", arguments[2]);
          settings.put("transport.port", arguments[3]);
          settings.put("discovery.type", "zen");
          settings.putList("discovery.seed_hosts", HOST + ":" + arguments[5]);
          settings.putList("cluster.initial_cluster_manager_nodes", manager);
          // A developer's disk is often nearly full.
          settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
    runner.build(
        OpenSearchRunner.newConfigs()
            .numOfNode(1)
            .clusterName("relata")
            .basePath(arguments[6])
            .pluginTypes("org.opensearch.knn.plugin.KNNPlugin"));
    Thread.currentThread().join();
  }
}
