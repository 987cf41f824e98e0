package org.peerworks.cli.command;

import java.io.IOException;
import java.util.Optional;
import org.peerworks.lib.account.Credentials;

/** What the user's own files open. */
final class OwnAccount {

  private OwnAccount() {}

  /** The room that is meant where none is named, of a user who has signed in. */
  static Optional<String> usualRoom(Surroundings surroundings) {
    return surroundings
        .variable("SLEAP_RTC_DEFAULT_ROOM")
        .or(() -> credentials(surroundings).defaultRoom());
  }

  /** Whether the user has signed in, or has a key of an account. */
  static boolean opensRooms(Surroundings surroundings) {
    return surroundings.variable("SLEAP_RTC_ACCOUNT_KEY").isPresent()
        || credentials(surroundings).jwt().isPresent()
        || credentials(surroundings).accountKey().isPresent();
  }

  private static Credentials credentials(Surroundings surroundings) {
    try {
      return Credentials.read(surroundings.places().credentials());
    } catch (IOException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
