package org.peerworks.signaling.client;

import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all rooms share.
 *
 * @param executor for work that waits
 * @param timer for work that does not
 */
record Gear(HttpClient http, ExecutorService executor, ScheduledExecutorService timer, Pace pace) {}
