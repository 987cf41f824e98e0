package org.peerworks.cli.command;

import picocli.CommandLine.Option;

/** Whether videos go along with labels whose images are not inside. */
final class VideoOptions {

  @Option(
      names = "--no-videos",
      order = 20,
      description = "Do not send the videos of the labels: the worker has them at the same path.")
  private boolean none;

  boolean wanted() {
    return !none;
  }
}
