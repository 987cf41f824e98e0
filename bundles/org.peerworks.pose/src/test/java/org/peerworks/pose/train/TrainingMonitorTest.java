package org.peerworks.pose.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peerworks.pose.config.TrainerConfig;

class TrainingMonitorTest {

  /** As JeroMQ leaves a connection that it forgot, which would else last 30 seconds. */
  @Test
  void aConnectionOnWhichNobodyGreetsIsMadeAgain() throws Exception {
    try (ServerSocket monitor = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      monitor.setSoTimeout(20_000);
      Optional<Integer> port = Optional.of(monitor.getLocalPort());
      try (TrainingMonitor publisher = trainer(Optional.empty(), port);
          Socket first = monitor.accept();
          Socket second = monitor.accept()) {
        publisher.trainingBegins(); // is delayed by none of this
        assertThat(second.getPort()).isNotEqualTo(first.getPort());
      }
      try (TrainingMonitor subscriber = trainer(port, Optional.empty());
          Socket first = monitor.accept();
          Socket second = monitor.accept()) {
        assertThat(subscriber.stopAsked()).isFalse();
        assertThat(second.getPort()).isNotEqualTo(first.getPort());
      }
    }
  }

  private static TrainingMonitor trainer(Optional<Integer> controller, Optional<Integer> publish) {
    return TrainingMonitor.of(new TrainerConfig.Monitor(controller, publish), "centroid");
  }
}
