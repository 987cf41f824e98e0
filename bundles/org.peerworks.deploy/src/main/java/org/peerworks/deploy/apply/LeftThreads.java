package org.peerworks.deploy.apply;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Threads that code started, and that outlive its stop: those that belong to a thread group, and
 * those whose class or context class loader is the code's.
 */
final class LeftThreads {

  private static final long LOOK_MILLIS = 50;

  private final ThreadGroup group;
  private final Set<ClassLoader> loaders;
  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  LeftThreads(ThreadGroup group, Set<ClassLoader> loaders) {
    this.group = group;
    this.loaders = new HashSet<>(loaders);
  }

  /**
   * Waits until all have ended.
   *
   * @return names of those that are left when the time is up, in order
   */
  List<String> await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      List<String> left = left();
      if (left.isEmpty() || System.nanoTime() - end > 0) {
        return left;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private List<String> left() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive() && isTheirs(thread))
        .map(Thread::getName)
        .filter(name -> !name.startsWith(Guard.PREFIX)) // said where it hung
        .sorted()
        .collect(Collectors.toList());
  }

  private boolean isTheirs(Thread thread) {
    ThreadGroup its = thread.getThreadGroup();
    return its != null && (its == group || group.parentOf(its))
        || loaders.contains(thread.getClass().getClassLoader())
        || loaders.contains(thread.getContextClassLoader());
  }
}
