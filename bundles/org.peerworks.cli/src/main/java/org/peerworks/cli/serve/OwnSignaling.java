package org.peerworks.cli.serve;

import java.time.Duration;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Server;
import org.peerworks.cli.connect.Services;
import org.peerworks.signaling.api.ServerAddress;

/** The signalling server that runs in this process. */
final class OwnSignaling {

  private OwnSignaling() {}

  /**
   * Waits until it listens.
   *
   * @param told where it was told to listen; its configuration says if empty
   * @throws CommandFailure if it does not listen in time
   */
  static ServerAddress await(Services services, Optional<Server> told, Duration patience)
      throws InterruptedException {
    return services
        .await(ServerAddress.class, "", patience)
        .orElseThrow(
            () ->
                CommandFailure.noConnection(
                    "The signalling server cannot listen"
                        + told.map(at -> " at " + at.webSocket() + " and " + at.http()).orElse("")
                        + ". Does another program use one of its ports?"
                        + " Choose others with --server and --server-http;"
                        + " the log in the data directory says more."));
  }
}
