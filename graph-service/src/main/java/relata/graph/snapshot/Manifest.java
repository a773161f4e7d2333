package relata.graph.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a snapshot consists of: lines of words, the last of which is the checksum of those before.
 *
 * @param data name of the folder that the files are in
 * @param files all there are, by name
 */
record Manifest(
    SnapshotOrigin origin, int documents, int chunks, String data, List<SavedFile> files) {
  private static final String HEAD = "relata-snapshot ";
  private static final String END = "end ";

  /**
   * @param name may be in a folder, after a slash
   */
  record SavedFile(String name, long bytes, long checksum) {}

  Manifest {
    files = List.copyOf(files);
  }

  byte[] write() {
    StringBuilder lines = new StringBuilder();
    lines.append(HEAD).append(Snapshots.LAYOUT).append('\n');
    lines.append(
        "origin %d %d %s %d %d %d\n"
            .formatted(
                origin.system(),
                origin.database(),
                origin.timeline(),
                origin.generationId(),
                origin.createdAt(),
                origin.transaction()));
    lines.append("counts %d %d\n".formatted(documents, chunks));
    lines.append("data %s\n".formatted(data));
    for (SavedFile file : files) {
      lines.append("file %s %d %d\n".formatted(file.name(), file.bytes(), file.checksum()));
    }
    long checksum = Checksum.of(lines.toString().getBytes(UTF_8));
    lines.append(END).append(checksum).append('\n');
    return lines.toString().getBytes(UTF_8);
  }

  /**
   * @throws IOException if it is not whole, or of another layout; the message says which
   */
  static Manifest parse(byte[] bytes) throws IOException {
    String text = new String(bytes, UTF_8);
    // First, because another layout's checksum may be another, too.
    if (text.startsWith(HEAD) && !text.startsWith(HEAD + Snapshots.LAYOUT + "\n")) {
      throw new IOException("it has another layout");
    }
    int end = text.lastIndexOf(END);
    if (end < 0
        || !text.substring(end)
            .equals(END + Checksum.of(text.substring(0, end).getBytes(UTF_8)) + "\n")) {
      throw new IOException("its manifest is not as it was written");
    }
    List<String[]> lines =
        text.substring(0, end).lines().skip(1).map(line -> line.split(" ", -1)).toList();
    try {
      return read(lines);
    } catch (IndexOutOfBoundsException | NumberFormatException wrong) {
      throw new IOException("its manifest cannot be read", wrong);
    }
  }

  private static Manifest read(List<String[]> lines) {
    String[] origin = lines.get(0);
    String[] counts = lines.get(1);
    List<SavedFile> files = new ArrayList<>();
    for (String[] file : lines.subList(3, lines.size())) {
      files.add(new SavedFile(file[1], Long.parseLong(file[2]), Long.parseLong(file[3])));
    }
    return new Manifest(
        new SnapshotOrigin(
            Long.parseLong(origin[1]),
            Long.parseLong(origin[2]),
            origin[3],
            Long.parseLong(origin[4]),
            Long.parseLong(origin[5]),
            Long.parseLong(origin[6])),
        Integer.parseInt(counts[1]),
        Integer.parseInt(counts[2]),
        lines.get(2)[1],
        files);
  }
}
