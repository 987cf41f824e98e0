package org.peerworks.cli.command;

import picocli.CommandLine.Option;

/** Ports that sleap-rtc's scripts name; the worker's trainer uses its own. */
final class ZmqOptions {

  @Option(
      names = "--controller_port",
      paramLabel = "PORT",
      order = 60,
      defaultValue = "9000",
      converter = Numbers.Port.class,
      description = "Accepted for scripts written for sleap-rtc; has no effect.")
  private int controllerPort;

  @Option(
      names = "--publish_port",
      paramLabel = "PORT",
      order = 61,
      defaultValue = "9001",
      converter = Numbers.Port.class,
      description = "Accepted for scripts written for sleap-rtc; has no effect.")
  private int publishPort;
}
