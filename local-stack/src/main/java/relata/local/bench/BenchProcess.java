package relata.local.bench;

/**
 * A process whose CPU time is told.
 *
 * @param withChildren its children are part of it; the parts of the stack are children of the bench
 *     and stand for themselves
 */
record BenchProcess(String name, long pid, boolean withChildren) {
  static BenchProcess alone(String name, long pid) {
    return new BenchProcess(name, pid, false);
  }
}
