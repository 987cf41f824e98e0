package org.peerworks.signaling.client;

import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all rooms share.
 *
 * @param client made on another thread, since that reads the trusted certificates
 * @param executor for work that waits
 * @param timer for work that does not
 */
record Gear(
    CompletableFuture<HttpClient> client,
    ExecutorService executor,
    ScheduledExecutorService timer,
    Pace pace) {

  /** Waits until it is made, if this comes too soon. */
  HttpClient http() {
    return client.join();
  }
}
