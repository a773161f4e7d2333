package relata.graph.explore;

import relata.graph.network.Statistics;

/** Figures of the whole graph of a generation. */
record GraphStatistics(long generation, long commit, Statistics statistics) {}
