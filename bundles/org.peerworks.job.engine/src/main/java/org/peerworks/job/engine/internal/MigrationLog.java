package org.peerworks.job.engine.internal;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Flyway says: its steps are for developers only. */
final class MigrationLog implements Log {

  private final Logger log;

  private MigrationLog(Class<?> source) {
    log = LoggerFactory.getLogger(source);
  }

  /** Made by Flyway, by its name. */
  public static final class Creator implements LogCreator {
    @Override
    public Log createLogger(Class<?> source) {
      return new MigrationLog(source);
    }
  }

  @Override
  public void debug(String message) {
    log.trace(message);
  }

  @Override
  public void info(String message) {
    log.debug(message);
  }

  @Override
  public void notice(String message) {
    log.debug(message);
  }

  @Override
  public void warn(String message) {
    log.warn(message);
  }

  @Override
  public void error(String message) {
    log.error(message);
  }

  @Override
  public void error(String message, Exception cause) {
    log.error(message, cause);
  }
}
