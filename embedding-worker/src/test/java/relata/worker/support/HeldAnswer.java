package relata.worker.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What {@link FakeOllama} answers while a test holds it back: calls wait until they are let go. */
public final class HeldAnswer implements FakeOllama.Script {
  private static final int ASKED_LIMIT_SECONDS = 20;

  private final FakeOllama.Script answer;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  HeldAnswer(FakeOllama.Script answer) {
    this.answer = answer;
  }

  @Override
  public FakeOllama.Reply answer(FakeOllama.Call call) throws InterruptedException {
    asked.countDown();
    released.await();
    return answer.answer(call);
  }

  /** Waits for the first call. */
  public void awaitAsked() throws InterruptedException {
    assertTrue(asked.await(ASKED_LIMIT_SECONDS, TimeUnit.SECONDS), "the model is not asked");
  }

  /** Answers the calls that wait, and those to come. */
  public void letGo() {
    released.countDown();
  }
}
