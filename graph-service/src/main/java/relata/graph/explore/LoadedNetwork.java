package relata.graph.explore;

import relata.graph.network.Network;

/**
 * The graph of a generation as it was at one time.
 *
 * @param commit number of the last commit of edges that it certainly includes
 */
record LoadedNetwork(long generation, long commit, Network network) {}
