package org.peerworks.protocol.sleap.internal.client;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a client treats the workers that it speaks with.
 *
 * @param directory where results and logs lie until they are fetched
 * @param authentication longest wait for the worker's first answers
 * @param answer longest wait for an answer to what was asked
 * @param stall longest pause in the middle of a file
 * @param silence longest time without any news of a job
 * @param keepAlive pause between two signs of life
 * @param afterwards how long to wait, after the last model, for the tracking that may follow
 * @param mostLogBytes what is kept of a job's log
 * @param window bytes that may wait to be sent
 * @param freeBytes what a result must leave free on the disk
 */
public record ClientSettings(
    Path directory,
    Duration authentication,
    Duration answer,
    Duration stall,
    Duration silence,
    Duration keepAlive,
    Duration afterwards,
    long mostLogBytes,
    int window,
    long freeBytes) {

  /** What is right for people's machines. */
  public static ClientSettings of(Path directory) {
    return new ClientSettings(
        directory,
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(120),
        Duration.ofHours(2),
        Duration.ofSeconds(15),
        Duration.ofSeconds(20),
        256L << 20,
        8 << 20,
        64L << 20);
  }
}
