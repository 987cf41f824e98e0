package org.peerworks.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what bundles say to the OSGi log service on to our log, warnings and errors only.
 * Declarative Services tells there why a component did not start, once for everybody who asks for
 * it; here it is told once.
 */
final class ServiceLog extends ServiceTracker<LogReaderService, LogReaderService> {

  private static final String INSTANTIATION = "Error during instantiation";
  private static final String CONSEQUENCE = "Could not get service from ref";
  private static final int REMEMBERED = 100;
  private static final long REPEAT_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Path config;
  private final Map<String, Long> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param config directory of the administrator's configuration files
   */
  ServiceLog(BundleContext context, Path config) {
    super(context, LogReaderService.class, null);
    this.config = config;
  }

  @Override
  public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
    LogReaderService reader = super.addingService(reference);
    reader.addLogListener(this::pass);
    return reader;
  }

  private void pass(LogEntry entry) {
    boolean error = entry.getLogLevel() == LogLevel.ERROR;
    if (!error && entry.getLogLevel() != LogLevel.WARN
        // The framework's own events: FrameworkLog has them.
        || entry.getLoggerName().startsWith("Events.")) {
      return;
    }
    Logger log = LoggerFactory.getLogger(entry.getLoggerName());
    String message = entry.getMessage();
    Throwable cause = entry.getException();
    if (message.contains(CONSEQUENCE) || isRepeated(entry)) {
      log.debug(message, cause);
    } else if (error && message.contains(INSTANTIATION) && cause != null) {
      log.error("{} does not start: {}", component(entry), reason(entry, cause), cause);
    } else if (error) {
      log.error(message, cause);
    } else {
      log.warn(message, cause);
    }
  }

  private synchronized boolean isRepeated(LogEntry entry) {
    String what = entry.getLoggerName() + '\n' + entry.getMessage();
    if (entry.getException() != null) {
      what += '\n' + message(root(entry.getException()));
    }
    long now = System.nanoTime();
    Long before = told.get(what);
    if (before != null && now - before < REPEAT_NANOS) {
      return true;
    }
    told.put(what, now);
    return false;
  }

  private static String component(LogEntry entry) {
    String name = entry.getLoggerName();
    return "'"
        + name.substring(name.lastIndexOf('.') + 1)
        + "' of '"
        + entry.getBundle().getSymbolicName()
        + "'";
  }

  private String reason(LogEntry entry, Throwable cause) {
    Path file = ConfigFiles.file(config, entry.getBundle().getSymbolicName());
    String reason = message(root(cause));
    return Files.exists(file) ? reason + " Its configuration is '" + file + "'." : reason;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
