package org.peerworks.cli.connect;

import java.io.IOException;
import java.net.URI;
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

  /**
   * A login goes before a key.
   *
   * @param http address for calls of the server that sees it
   * @throws CommandFailure if the user signed in at another server
   */
  Proof proof(URI http) {
    Optional<String> variable = access.places().variable("SLEAP_RTC_ACCOUNT_KEY");
    Optional<Proof> kept =
        credentials
            .jwt()
            .<Proof>map(Proof.Jwt::new)
            .or(
                () ->
                    variable.isPresent()
                        ? Optional.empty()
                        : credentials.accountKey().map(Proof.ApiKey::new));
    Optional<String> other = credentials.signedInElsewhere(http);
    if (kept.isPresent() && other.isPresent()) {
      throw CommandFailure.usage(
          "You are signed in at "
              + other.get()
              + ", not at "
              + http
              + ". Sign in there with 'login', or name the other one with --server-http.");
    }
    return kept.or(() -> variable.map(Proof.ApiKey::new)).orElse(Proof.ANONYMOUS);
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
