package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Notices what must not happen while hostile input is taken. */
final class Watchful implements AutoCloseable {

  private final List<String> defects = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("org.peerworks.protocol");
  private final boolean additive = logger.isAdditive();
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            defects.add(
                event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ": "
                            + event.getThrowableProxy().getClassName()
                            + ": "
                            + event.getThrowableProxy().getMessage()));
          }
        }
      };

  Watchful() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
    // Thousands of peers break the protocol here.
    logger.setAdditive(false);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> defects.add(thread.getName() + ": " + failure));
  }

  void assertNoDefect() {
    assertThat(defects).isEmpty();
  }

  /** Bytes of the heap that are in use. */
  static long heap() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** No thread of the protocol, and no open file below a directory. */
  static void assertNothingHeld(Path directory) {
    await()
        .untilAsserted(
            () -> {
              assertThat(Thread.getAllStackTraces().keySet())
                  .extracting(Thread::getName)
                  .noneMatch(name -> name.startsWith("peerworks-protocol"));
              assertThat(openFiles()).noneMatch(file -> file.startsWith(directory.toString()));
            });
  }

  private static List<String> openFiles() throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      return handles.map(Watchful::target).toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      // It was closed meanwhile.
      return "";
    }
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setAdditive(additive);
    Thread.setDefaultUncaughtExceptionHandler(before);
  }
}
