package org.peerworks.protocol.sleap.internal.client;

import java.util.concurrent.CompletableFuture;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;

/** Brings a package to the worker, which starts its job. */
interface Delivery {

  /**
   * @return completes when the worker has it all; fails if it will not take it
   */
  CompletableFuture<Void> deliver(WorkerLink link);

  /** Whether a message was an answer to it. */
  boolean said(WorkerMessage message);
}
