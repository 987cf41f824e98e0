package org.peerworks.health.check;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.peerworks.health.api.Finding;

/** The virtual machine: memory and threads. Loads its management classes at first use only. */
final class JvmChecks {

  private static final int FULL_PERCENT = 95;
  private static final int TIGHT_PERCENT = 85;
  private static final long LOOK_AGAIN_MILLIS = 2_000;
  private static final double MB = 1e6;

  private JvmChecks() {}

  /** What was in use after the last collection, as garbage tells nothing. */
  static List<Finding> heap() {
    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      used += usage == null ? 0 : usage.getUsed();
    }
    return List.of(heap(used, Runtime.getRuntime().maxMemory()));
  }

  static Finding heap(long used, long most) {
    String found =
        "%.0f of %.0f MB of the heap in use after the last collection"
            .formatted(used / MB, most / MB);
    long percent = used * 100 / most;
    String mend =
        "Give the worker more heap (PEERWORKS_JAVA_OPTS=-Xmx…). If it grows without end, report it"
            + " with the output of 'jcmd PID GC.class_histogram'.";
    if (percent >= FULL_PERCENT) {
      return Finding.error(found, mend);
    }
    return percent >= TIGHT_PERCENT ? Finding.warning(found, mend) : Finding.ok(found);
  }

  /** Threads that wait for each other, and those that wait for one lock all the time. */
  static List<Finding> threads() throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] dead = threads.findDeadlockedThreads();
    if (dead != null) {
      return List.of(
          Finding.error(
              "Threads wait for each other for ever: " + names(threads.getThreadInfo(dead)),
              "Restart the worker; report it with the output of 'jcmd PID Thread.print'."));
    }
    Map<Long, Long> before = blocked(threads);
    if (!before.isEmpty()) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    List<ThreadInfo> stuck = new ArrayList<>();
    blocked(threads)
        .forEach(
            (id, count) -> {
              ThreadInfo info = count.equals(before.get(id)) ? threads.getThreadInfo(id, 1) : null;
              if (info != null) {
                stuck.add(info);
              }
            });
    if (!stuck.isEmpty()) {
      return List.of(
          Finding.warning(
              "Threads wait for a lock: " + names(stuck.toArray(ThreadInfo[]::new)),
              "Ask again. If it stays so, report it with the output of 'jcmd PID Thread.print'."));
    }
    return List.of(Finding.ok(threads.getThreadCount() + " threads, none stuck"));
  }

  /** How often each thread has been blocked that is so now: the same number is the same wait. */
  private static Map<Long, Long> blocked(ThreadMXBean threads) {
    Map<Long, Long> blocked = new HashMap<>();
    for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null && info.getThreadState() == Thread.State.BLOCKED) {
        blocked.put(info.getThreadId(), info.getBlockedCount());
      }
    }
    return blocked;
  }

  private static String names(ThreadInfo[] threads) {
    return Arrays.stream(threads)
        .filter(info -> info != null)
        .map(
            info ->
                "'%s' (for '%s', held by '%s')"
                    .formatted(info.getThreadName(), info.getLockName(), info.getLockOwnerName()))
        .collect(Collectors.joining(", "));
  }
}
