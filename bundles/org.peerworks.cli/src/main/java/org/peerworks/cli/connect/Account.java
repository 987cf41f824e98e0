package org.peerworks.cli.connect;

import java.io.IOException;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.Access;
import org.peerworks.lib.account.ChannelKey;
import org.peerworks.lib.account.Credentials;
import org.peerworks.lib.account.RoomSecret;
import org.peerworks.signaling.api.Proof;

/** What the user's own files open, at servers and at workers. */
final class Account {

  private final Access access;
  private final Credentials credentials;

  private Account(Access access, Credentials credentials) {
    this.access = access;
    this.credentials = credentials;
  }

  /**
   * @throws CommandFailure if a file is damaged
   */
  static Account of(Access access) {
    try {
      return new Account(access, Credentials.read(access.places().credentials()));
    } catch (IOException e) {
      throw CommandFailure.usage(e.getMessage(), e);
    }
  }

  /** A login goes before a key. */
  Proof proof() {
    Optional<String> jwt = credentials.jwt();
    if (jwt.isPresent()) {
      return new Proof.Jwt(jwt.get());
    }
    return access
        .places()
        .variable("SLEAP_RTC_ACCOUNT_KEY")
        .or(credentials::accountKey)
        .<Proof>map(Proof.ApiKey::new)
        .orElse(Proof.ANONYMOUS);
  }

  Optional<String> roomSecret(String room) {
    try {
      return RoomSecret.find(access.places(), access.roomSecret(), Optional.of(room))
          .map(RoomSecret::text);
    } catch (IOException e) {
      throw CommandFailure.usage(e.getMessage(), e);
    }
  }

  Optional<String> channelKey() {
    try {
      return credentials.privateKey().map(ChannelKey::privateKey);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "The private key in '" + access.places().credentials() + "' is none: " + e.getMessage(),
          e);
    }
  }
}
