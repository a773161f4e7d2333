package relata.local.model;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** A server as a process of its own, which ends in order on SIGTERM and SIGINT. */
final class ServerProcess {
  private ServerProcess() {}

  /** A server that listens. */
  record Running(URI url, Runnable stop) {}

  /**
   * Runs it until the process is terminated.
   *
   * @param address for the message when it cannot be listened on
   * @return the exit code
   */
  static int run(String address, Callable<Running> start) throws Exception {
    CountDownLatch terminated = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try {
      Running server = start.call();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(terminated, ended)));
      System.out.println("event=listening url=" + server.url());
      terminated.await();
      System.out.println("event=stopping");
      server.stop().run();
    } catch (IOException e) {
      System.err.println("Cannot listen on " + address + ": " + e.getMessage());
      return 1;
    } finally {
      ended.countDown();
    }
    return 0;
  }

  /**
   * The JVM halts when its shutdown hooks return, so this one waits until the server has closed.
   */
  private static void awaitEnd(CountDownLatch terminated, CountDownLatch ended) {
    terminated.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
