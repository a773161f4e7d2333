package relata.graph.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of one search and of all together. */
@ConfigMapping(prefix = "relata.search")
public interface SearchConfig {
  /**
   * How long the vector of the words is waited for. Longer gives a busy model a chance, shorter
   * answers sooner by text alone.
   */
  @WithDefault("PT2S")
  Duration embedTimeout();

  /**
   * Texts whose vectors are remembered, of 3 kB each with 768 components. More are searched for
   * without a way to a worker, and found by meaning while none answers; with 0 each is asked for.
   */
  @WithDefault("1000")
  int remembered();

  /** Characters of a search; a longer text is a document. */
  @WithDefault("4000")
  int maxCharacters();

  /** Different words that are looked for; each costs one look into the text index. */
  @WithDefault("64")
  int maxWords();

  /**
   * Words of a document that others like it are looked for by, the most telling ones. More find
   * what has less in common with it, and cost more; Lucene's own default is this.
   */
  @WithDefault("25")
  int likeWords();

  /**
   * Chunks of a document that others like it are looked for by: their vectors, from everywhere in
   * it, each of which costs as much as a search, and the words of as many from its beginning. Of a
   * document with more, some similarity may be missed.
   */
  @WithDefault("32")
  int likeChunks();

  /** Pieces of a hit's text that a search may ask for. */
  @WithDefault("10")
  int maxFragments();

  /** Characters of such a piece. Longer ones say more and show less. */
  @WithDefault("200")
  int fragmentCharacters();

  /**
   * Characters of a chunk that are looked through for such pieces; what stands behind is not shown.
   * It is analysed anew for each hit that is shown.
   */
  @WithDefault("50000")
  int highlightCharacters();

  /** Hits in an answer. */
  @WithDefault("100")
  int maxLimit();

  /**
   * How many documents a ranking goes down to if a search says nothing. More lets a document win
   * that is middling in both of two that are fused, and more be paged through; what is ranked lower
   * than this scores next to nothing.
   */
  @WithDefault("100")
  int fusionDepth();

  /**
   * How far a search may have its rankings go down. All of it goes with each page to the next,
   * about thirty characters a document, and a deeper search costs more.
   */
  @WithDefault("1000")
  int maxDepth();

  /**
   * How many of the best are arranged anew if a search asks for diversity; each is compared with
   * each.
   */
  @WithDefault("100")
  int diversityDepth();

  /** How many of the best a re-ranker sees. More can be put right, and take longer. */
  @WithDefault("50")
  int rerankDepth();

  /** How long a re-ranker is waited for; then the order is as if it had not been asked. */
  @WithDefault("PT0.5S")
  Duration rerankLimit();

  /**
   * Searches that a re-ranker works for at a time, with those that nobody waits for any more but do
   * not end; one more is not re-ranked.
   */
  @WithDefault("16")
  int rerankAtOnce();

  /** Threads that search, which never wait for anything; 0 for one a processor. */
  @WithDefault("0")
  int threads();

  /** Searches that wait for a thread; the next is told to come again later. */
  @WithDefault("200")
  int maxWaiting();
}
