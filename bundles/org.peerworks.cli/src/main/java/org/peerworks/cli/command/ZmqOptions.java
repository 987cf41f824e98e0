package org.peerworks.cli.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a monitor of SLEAP listens on this machine. */
final class ZmqOptions {

  private static final int CONTROLLER = 9000;
  private static final int PUBLISH = 9001;

  @Option(
      names = "--controller_port",
      paramLabel = "PORT",
      order = 60,
      converter = Numbers.Port.class,
      description =
          "Take what SLEAP's monitor says to the trainer from this port of this machine, such as its"
              + " stop button. Default: 9000, if the other port is given.")
  private Integer controllerPort;

  @Option(
      names = "--publish_port",
      paramLabel = "PORT",
      order = 61,
      converter = Numbers.Port.class,
      description =
          "Tell SLEAP's monitor at this port of this machine how the training goes."
              + " Default: 9001, if the other port is given.")
  private Integer publishPort;

  /** Empty if no port was given: nobody listens then. */
  Optional<Invocation.MonitorPorts> ports() {
    if (controllerPort == null && publishPort == null) {
      return Optional.empty();
    }
    int controller = controllerPort == null ? CONTROLLER : controllerPort;
    int publish = publishPort == null ? PUBLISH : publishPort;
    if (controller == publish) {
      throw new UsageException("--controller_port and --publish_port must be two ports.");
    }
    return Optional.of(new Invocation.MonitorPorts(controller, publish));
  }
}
