package org.peerworks.itests.exam;

import java.io.IOException;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunNotifier;
import org.junit.runners.model.InitializationError;
import org.ops4j.pax.exam.junit.PaxExam;
import org.peerworks.launcher.LaunchException;

/** Runs a test in one container while a worker runs in another. */
public final class TwoContainers extends PaxExam {

  public TwoContainers(Class<?> test) throws InitializationError {
    super(test);
  }

  @Override
  public void run(RunNotifier notifier) {
    WorkerContainer worker;
    try {
      worker = WorkerContainer.start();
    } catch (IOException | LaunchException e) {
      notifier.fireTestFailure(new Failure(getDescription(), e));
      return;
    }
    try {
      super.run(notifier);
    } finally {
      worker.close();
    }
  }
}
