package org.peerworks.launcher;

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
 * Declarative Services tells there why a component did not start.
 */
final class ServiceLog extends ServiceTracker<LogReaderService, LogReaderService> {

  ServiceLog(BundleContext context) {
    super(context, LogReaderService.class, null);
  }

  @Override
  public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
    LogReaderService reader = super.addingService(reference);
    reader.addLogListener(ServiceLog::pass);
    return reader;
  }

  private static void pass(LogEntry entry) {
    if (entry.getLoggerName().startsWith("Events.")) {
      // The framework's own events: FrameworkLog has them.
      return;
    }
    Logger log = LoggerFactory.getLogger(entry.getLoggerName());
    if (entry.getLogLevel() == LogLevel.ERROR) {
      log.error(entry.getMessage(), entry.getException());
    } else if (entry.getLogLevel() == LogLevel.WARN) {
      log.warn(entry.getMessage(), entry.getException());
    }
  }
}
