package org.peerworks.deploy.drop;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** Waits until every bundle had its turn: what is installed may need any of them. */
final class AllStarted implements FrameworkListener {

  private final FrameworkStartLevel levels;
  private final CountDownLatch started = new CountDownLatch(1);

  private AllStarted(FrameworkStartLevel levels) {
    this.levels = levels;
  }

  /** Returns at once in a framework that has started long ago. */
  static void await(BundleContext context) throws InterruptedException {
    AllStarted all = new AllStarted(context.getBundle(0).adapt(FrameworkStartLevel.class));
    context.addFrameworkListener(all);
    try {
      all.look();
      all.started.await();
    } finally {
      context.removeFrameworkListener(all);
    }
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
      look();
    }
  }

  private void look() {
    if (levels.getStartLevel() >= levels.getInitialBundleStartLevel()) {
      started.countDown();
    }
  }
}
