package relata.worker.split;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the chunks of a document from its title and its blocks. A pure function. */
public final class Splitter {
  private static final String PATH_SEPARATOR = " > ";

  private Splitter() {}

  /**
   * The chunks in the document's order, the title first.
   *
   * @param room from which the blocks have already taken theirs
   */
  public static SplitResult split(String title, List<Block> blocks, SplitRule rule, Room room) {
    String clean = clean(title);
    List<Block> kept =
        blocks.stream()
            .filter(block -> !rule.skip().contains(block.kind()))
            .filter(block -> !repeatsTitle(block, clean))
            .toList();
    boolean titled = !clean.isEmpty() && !rule.skip().contains(BlockKind.TITLE);
    List<Chunk> chunks =
        switch (rule.mode()) {
          case BLOCKS -> byBlock(clean, titled, kept, rule, room);
          case WHOLE -> whole(clean, titled, kept, rule, room);
        };
    return room.excess()
        .<SplitResult>map(tooMuch -> tooMuch)
        .orElse(new SplitResult.Chunks(chunks));
  }

  /**
   * The same chunks with a description of the document behind its title, unless the rule skips it
   * or it says nothing.
   *
   * @param chunks as {@link #split} made them
   */
  public static SplitResult describe(
      String title, String description, List<Chunk> chunks, SplitRule rule, Room room) {
    if (description.isBlank() || rule.skip().contains(BlockKind.DESCRIPTION)) {
      return new SplitResult.Chunks(chunks);
    }
    List<Chunk> described =
        new ArrayList<>(
            chunks.stream().takeWhile(chunk -> chunk.kind() == BlockKind.TITLE).toList());
    List<Chunk> others = chunks.subList(described.size(), chunks.size());
    add(described, BlockKind.DESCRIPTION, path(clean(title), List.of()), description, rule, room);
    described.addAll(others);
    return room.excess()
        .<SplitResult>map(tooMuch -> tooMuch)
        .orElse(new SplitResult.Chunks(described));
  }

  private static String clean(String title) {
    return String.join(" ", title.strip().split("\\s+", -1));
  }

  private static List<Chunk> byBlock(
      String title, boolean titled, List<Block> blocks, SplitRule rule, Room room) {
    List<Chunk> chunks = new ArrayList<>();
    if (titled) {
      add(chunks, BlockKind.TITLE, path(title, List.of()), title, rule, room);
    }
    for (Block block : blocks) {
      if (room.isExceeded()) {
        break;
      }
      List<String> path = path(title, block.headings());
      String text = block.text();
      if (block.kind() == BlockKind.HEADING) {
        List<String> withItself = new ArrayList<>(path);
        withItself.add(text);
        text = String.join(PATH_SEPARATOR, withItself);
      }
      add(chunks, block.kind(), path, text, rule, room);
    }
    return chunks;
  }

  private static List<Chunk> whole(
      String title, boolean titled, List<Block> blocks, SplitRule rule, Room room) {
    if (!room.takesText(blocks.stream().mapToLong(block -> block.text().length()).sum())) {
      return List.of();
    }
    String body = blocks.stream().map(Block::text).collect(Collectors.joining("\n\n"));
    List<Chunk> chunks = new ArrayList<>();
    if (!body.isEmpty()) {
      String text = titled ? title + "\n\n" + body : body;
      add(chunks, BlockKind.PARAGRAPH, path(title, List.of()), text, rule, room);
    } else if (titled) {
      add(chunks, BlockKind.TITLE, path(title, List.of()), title, rule, room);
    }
    return chunks;
  }

  private static void add(
      List<Chunk> chunks,
      BlockKind kind,
      List<String> path,
      String text,
      SplitRule rule,
      Room room) {
    for (String part : Cutter.cut(text, rule.chunkSize(), rule.overlap(), room)) {
      chunks.add(new Chunk(kind, path, part));
    }
  }

  /** The title, then the headings above, without a first heading that only says the title again. */
  private static List<String> path(String title, List<String> headings) {
    List<String> path = new ArrayList<>();
    if (!title.isEmpty()) {
      path.add(title);
    }
    boolean repeated = !headings.isEmpty() && headings.getFirst().equals(title);
    path.addAll(repeated ? headings.subList(1, headings.size()) : headings);
    path.replaceAll(Label::of);
    return path;
  }

  private static boolean repeatsTitle(Block block, String title) {
    return block.kind() == BlockKind.HEADING
        && block.headings().isEmpty()
        && block.text().equals(title);
  }
}
