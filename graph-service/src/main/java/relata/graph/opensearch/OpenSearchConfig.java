package relata.graph.opensearch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The cluster that keeps the generations whose recipe says {@code "index": "opensearch"}. */
@ConfigMapping(prefix = "relata.opensearch")
public interface OpenSearchConfig {
  /**
   * Where the cluster answers, separated by commas: several of its nodes, so that one of them may
   * be lost. None: no collection may be kept there.
   */
  Optional<List<URI>> url();

  Optional<String> username();

  Optional<String> password();

  /**
   * What the names of indexes begin with. Of the databases whose indexes are in one cluster, each
   * needs a prefix of its own: what belongs to no generation of the database is erased.
   */
  @WithDefault("relata")
  String prefix();

  /**
   * Shards of a new index. More spread a collection over more nodes and processors, and each search
   * asks them all.
   */
  @WithDefault("2")
  int shards();

  /**
   * Copies of each shard besides the first. With none, a node that is lost takes its shards along
   * until the sweep has made them anew; each costs the disk and the indexing once more.
   */
  @WithDefault("1")
  int copies();

  /**
   * Chunks that a search by meaning looks at more closely, at least; twice as many as are asked for
   * if that is more. More find what is nearest more surely, and are sent as a whole.
   */
  @WithDefault("100")
  int candidates();

  /**
   * Documents that are named or fetched in one answer. Fewer take less memory, more fewer calls.
   */
  @WithDefault("500")
  int pageDocuments();

  /**
   * Bytes of one request that writes, about. A document that is larger goes by itself; the cluster
   * refuses what is larger than its {@code http.max_content_length}, 100 MB.
   */
  @WithDefault("8000000")
  int writeBytes();

  /**
   * Between two times that what was replaced or deleted is let go of: until then it is found no
   * more, and its text is still on the cluster's disks. Shorter erases sooner, and has more written
   * anew that shares a file with it.
   */
  @WithDefault("PT1H")
  Duration dropEvery();

  /** How many requests may be under way at a time; others wait for their turn. */
  @WithDefault("16")
  int concurrentRequests();

  /** How long a request waits for its turn. */
  @WithDefault("PT5S")
  Duration waiting();

  @WithDefault("PT2S")
  Duration connectTimeout();

  /**
   * How long an answer may take. A commit compares with all vectors of the generation, and holds
   * its turn meanwhile; a search that takes so long is of no use to anybody.
   */
  @WithDefault("PT30S")
  Duration timeout();
}
