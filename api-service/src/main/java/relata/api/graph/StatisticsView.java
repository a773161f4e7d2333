package relata.api.graph;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Figures of a collection's whole graph.
 *
 * @param commit grows with each change of the generation's edges
 * @param pendingCount documents that are not linked in their current version yet
 */
@Schema(name = "GraphStatistics")
record StatisticsView(
    long generation, long commit, long pendingCount, GraphAnswers.Statistics statistics) {}
