package org.peerworks.transport.webrtc;

import java.util.concurrent.CompletionException;
import org.peerworks.transport.api.TransportException;

/** Turns what went wrong into what callers are promised. */
final class Failures {

  private Failures() {}

  static TransportException of(String reason) {
    return new TransportException(reason);
  }

  /** The exception itself if it is one of ours, else one that wraps it. */
  static TransportException of(String reason, Throwable cause) {
    Throwable inner = cause instanceof CompletionException ? cause.getCause() : cause;
    return inner instanceof TransportException known
        ? known
        : new TransportException(reason + ": " + inner.getMessage(), inner);
  }
}
