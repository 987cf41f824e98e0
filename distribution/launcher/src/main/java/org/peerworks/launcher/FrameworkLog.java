package org.peerworks.launcher;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/** Passes what the framework says on to our log. */
final class FrameworkLog extends Logger {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.apache.felix.framework");

  FrameworkLog() {
    setLogLevel(LOG_WARNING);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the framework declares it
  protected void doLog(
      Bundle bundle, ServiceReference reference, int level, String message, Throwable cause) {
    String text = bundle == null ? message : bundle.getSymbolicName() + ": " + message;
    switch (level) {
      case LOG_ERROR -> LOG.error(text, cause);
      case LOG_WARNING -> LOG.warn(text, cause);
      default -> LOG.debug(text, cause);
    }
  }
}
