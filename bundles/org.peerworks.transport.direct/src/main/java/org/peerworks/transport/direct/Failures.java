package org.peerworks.transport.direct;

import java.util.concurrent.CompletionException;
import org.peerworks.transport.api.TransportException;

/** Turns what went wrong into what callers are promised. */
final class Failures {

  private static final int SHOWN = 500;

  private Failures() {}

  static TransportException of(String reason) {
    return new TransportException(reason);
  }

  /** The exception itself if it is one of ours, else one that wraps it. */
  static TransportException of(String reason, Throwable cause) {
    Throwable inner = cause instanceof CompletionException ? cause.getCause() : cause;
    return inner instanceof TransportException known
        ? known
        : new TransportException(reason + ": " + words(inner), inner);
  }

  /** What the innermost cause says. */
  static String words(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null || message.isBlank()
        ? innermost.getClass().getSimpleName()
        : shown(message);
  }

  /** What somebody else said, as a log may repeat it. */
  static String shown(String text) {
    String plain = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain;
  }
}
