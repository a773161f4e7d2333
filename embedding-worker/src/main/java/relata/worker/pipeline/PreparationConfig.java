package relata.worker.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import relata.worker.split.SplitLimits;

/**
 * How much may be made of one document. What exceeds it is dead with a reason: a document that
 * exhausts the heap would take its neighbours with it, and come again after the restart.
 */
@ConfigMapping(prefix = "relata.split")
public interface PreparationConfig {
  /**
   * Chunks of a document. All their vectors are in memory until it is stored: 5000 of 1024
   * components are 20 MB. The largest document (1 MB) in paragraphs of 300 characters has 3,500.
   */
  @WithDefault("5000")
  int maxChunks();

  /**
   * Line ends and signs of markup in a document, of a plain one paragraphs. Parsing takes up to 320
   * bytes for each, 32 MB in all, and two batches may parse at once. A megabyte of prose with
   * emphasis, code and links has 60,000.
   */
  @WithDefault("100000")
  int maxMarks();

  /**
   * How many times its own characters a document's tables and chunks may have, together; 100,000
   * characters always fit. Tables say their headers in each row and chunks what overlaps twice;
   * ordinary ones take 2 to 6 times.
   */
  @WithDefault("8")
  int maxGrowth();

  default SplitLimits limits() {
    return new SplitLimits(maxChunks(), maxMarks(), maxGrowth());
  }
}
