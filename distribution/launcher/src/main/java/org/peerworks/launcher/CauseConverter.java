package org.peerworks.launcher;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** Prints why, in one sentence: the message of the deepest cause, without a stack trace. */
public final class CauseConverter extends ThrowableHandlingConverter {

  @Override
  public String convert(ILoggingEvent event) {
    IThrowableProxy cause = event.getThrowableProxy();
    if (cause == null) {
      return "";
    }
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.getClassName() : cause.getMessage();
    return event.getFormattedMessage().contains(message) ? "" : ": " + message;
  }
}
