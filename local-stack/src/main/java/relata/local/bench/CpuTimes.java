package relata.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * CPU time since the start of each process, and of the whole machine, in seconds.
 *
 * @param byProcess by name, in the order that they are printed in
 */
record CpuTimes(Map<String, Double> byProcess, double machine) {
  private static final Path PROC = Path.of("/proc");

  /** The kernel counts for programs in hundredths of a second, on every architecture. */
  private static final double TICKS_PER_SECOND = 100;

  /** Positions in a process's stat behind its name: its own time, and that of ended children. */
  private static final int UTIME = 11;

  private static final int STIME = 12;
  private static final int ENDED_UTIME = 13;
  private static final int ENDED_STIME = 14;

  CpuTimes {
    byProcess = new LinkedHashMap<>(byProcess);
  }

  /** As of now; empty on a system that does not tell. */
  static Optional<CpuTimes> now(List<BenchProcess> processes) {
    if (!Files.isReadable(PROC.resolve("stat"))) {
      return Optional.empty();
    }
    Map<String, Double> times = new LinkedHashMap<>();
    processes.forEach(process -> times.put(process.name(), of(process)));
    return Optional.of(new CpuTimes(times, ofMachine()));
  }

  CpuTimes since(CpuTimes earlier) {
    Map<String, Double> spent = new LinkedHashMap<>();
    byProcess.forEach(
        (name, time) -> spent.put(name, time - earlier.byProcess.getOrDefault(name, 0.0)));
    return new CpuTimes(spent, machine - earlier.machine);
  }

  /** What was spent in programs that are none of these. */
  double elsewhere() {
    return Math.max(0, machine - byProcess.values().stream().mapToDouble(time -> time).sum());
  }

  private static double of(BenchProcess process) {
    if (!process.withChildren()) {
      return seconds(process.pid(), UTIME, STIME);
    }
    LongStream living =
        ProcessHandle.of(process.pid()).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToLong(ProcessHandle::pid);
    return LongStream.concat(LongStream.of(process.pid()), living)
        .mapToDouble(pid -> seconds(pid, UTIME, STIME, ENDED_UTIME, ENDED_STIME))
        .sum();
  }

  private static double seconds(long pid, int... fieldsToAdd) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      // The program's name may have blanks and brackets in it; the fields count from behind it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return IntStream.of(fieldsToAdd).mapToLong(field -> Long.parseLong(fields[field])).sum()
          / TICKS_PER_SECOND;
    } catch (IOException ended) {
      return 0;
    }
  }

  private static double ofMachine() {
    try {
      String[] fields = Files.readAllLines(PROC.resolve("stat")).getFirst().split(" +", -1);
      long busy = 0;
      // user nice system idle iowait irq softirq: all but the two in which nothing runs.
      for (int i : new int[] {1, 2, 3, 6, 7}) {
        busy += Long.parseLong(fields[i]);
      }
      return busy / TICKS_PER_SECOND;
    } catch (IOException unreadable) {
      return 0;
    }
  }
}
